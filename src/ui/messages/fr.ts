import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

/** French. A time stands after a colon, because “à” does not fit one with a date. */
export const fr: Messages = {
  locale: 'fr',
  signIn: 'Se connecter',
  status: {
    loading: 'Vérification de la session',
    'signed-out': 'Déconnecté',
    active: 'Connecté',
    expiring: 'Expire bientôt',
    expired: 'Session terminée',
  },
  connection: { offline: 'Hors ligne', degraded: 'Le service de connexion ne répond pas' },
  timeLeft: {
    session: 'Temps restant de la session',
    'access-token': 'Temps restant du jeton d’accès',
  },
  expiry: {
    title: 'Votre session est sur le point d’expirer',
    description: (time) =>
      `Déconnexion automatique\u00a0: ${time}. Restez connecté pour continuer là où vous en êtes.`,
    fixedDescription: (time) =>
      `Déconnexion automatique\u00a0: ${time}. Cette session ne peut pas être prolongée. Reconnectez-vous pour continuer là où vous en êtes.`,
    lateDescription: (time) =>
      `Déconnexion automatique\u00a0: ${time}. Il ne reste plus assez de temps pour prolonger la session. Reconnectez-vous pour continuer là où vous en êtes.`,
    stay: 'Rester connecté',
    staying: 'Prolongation de la session…',
    signOut: 'Se déconnecter',
    signingOut: 'Déconnexion…',
    remaining: (duration) => `Votre session expire dans ${duration}.`,
    reminder: (time) => `Déconnexion automatique\u00a0: ${time}. Se reconnecter`,
    titlePrefix: 'La session va expirer',
  },
  result: {
    signedInUntil: (time) => `Vous êtes connecté. Fin de la session\u00a0: ${time}.`,
    signedIn: 'Vous êtes connecté.',
  },
  relogin: {
    title: 'Votre session est terminée',
    tokenTitle: 'Veuillez vous reconnecter',
    reason: {
      'signed-out': 'Vous vous êtes déconnecté.',
      idle: 'Vous avez été déconnecté après une période d’inactivité.',
      lifetime: 'Vous avez été déconnecté, car la session a atteint sa durée maximale.',
      revoked: 'Le service de connexion a mis fin à la session.',
      'token-refresh-failed': 'Le service de connexion n’a pas renouvelé la session.',
      'signed-out-elsewhere': 'La session a été fermée dans un autre onglet.',
    },
    tokenReason: 'Le service de connexion demande une nouvelle connexion avant de continuer.',
    nothingLost: 'Votre travail en cours est toujours sur cette page.',
    signedInAs: 'Votre compte',
    signIn: 'Se reconnecter',
    signingIn: 'Connexion…',
    finish: 'Terminez la connexion dans la fenêtre qui s’est ouverte.',
    notNow: 'Pas maintenant',
    reminder: 'Session terminée. Se reconnecter',
    titlePrefix: 'Session terminée',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'Votre navigateur a bloqué la fenêtre de connexion. Autorisez les fenêtres pop-up pour ce site, puis réessayez.',
    ERR_LOGIN_CANCELLED:
      'La fenêtre de connexion a été fermée avant la fin. Réessayez quand vous voulez.',
    ERR_NETWORK:
      'Le service de connexion est injoignable. Vérifiez votre connexion Internet, puis réessayez.',
    ERR_TIMEOUT:
      'Le service de connexion a mis trop de temps à répondre. Réessayez dans un instant.',
    ERR_RATE_LIMITED: 'Le service de connexion est saturé. Réessayez dans un instant.',
    ERR_SERVER: 'Le service de connexion rencontre un problème. Réessayez dans un instant.',
    ERR_BAD_RESPONSE:
      'La réponse ne provient pas du service de connexion. Vérifiez votre connexion Internet, puis réessayez.',
    ERR_EXPIRED_SESSION:
      'Trop tard\u00a0: la session est terminée. Reconnectez-vous pour continuer.',
    ERR_MISSING_SESSION:
      'Vous n’êtes pas encore connecté. Réessayez et allez jusqu’au bout de la connexion.',
    ERR_NOT_SUPPORTED: 'Cette action est impossible ici. Actualisez la page et connectez-vous.',
    other: 'L’opération a échoué. Réessayez dans un instant.',
  },
};

/** For `SessionTimeline`: `{ ...fr, timeline: frTimeline }`. */
export const frTimeline: TimelineMessages = {
  title: 'Session et jeton d’accès au fil du temps',
  session: 'Session',
  accessToken: (name) => (name === null ? 'Jeton d’accès' : `Jeton d’accès pour ${name}`),
  status: {
    loading: 'Vérification',
    'signed-out': 'Déconnecté',
    expired: 'Terminée',
  },
  reason: {
    'signed-out': 'déconnexion',
    idle: 'inactivité',
    lifetime: 'durée maximale atteinte',
    revoked: 'révoquée',
    'token-refresh-failed': 'pas de nouveau jeton d’accès',
    'signed-out-elsewhere': 'déconnexion dans un autre onglet',
  },
  noToken: 'Aucun',
  end: {
    idle: 'Fin en cas d’inactivité',
    lifetime: 'Fin',
    'access-token': 'Fin avec son jeton d’accès',
    latest: 'Fin au plus tard',
    token: 'Expiration',
  },
  endsAt: (end, time) => `${end}\u00a0: ${time}`,
  endUnknown: 'Fin inconnue',
  event: {
    activity: 'Activité',
    extended: 'Prolongation',
    refreshed: 'Renouvellement',
    failed: 'Échec',
  },
  withDetail: (text, detail) => `${text}\u00a0: ${detail}`,
  legend: {
    life: 'Temps restant',
    window: 'Période de renouvellement',
    warning: 'Avertissement',
    refreshed: 'Renouvellement ou prolongation',
    failed: 'Échec',
    activity: 'Activité',
    'latest-end': 'Échéance maximale',
  },
  table: {
    columns: ['Session ou jeton', 'Événement', 'Heure'],
    started: 'Début',
    issued: 'Émission',
    between: (from, to) => `De ${from} à ${to}`,
  },
};
