import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

/** German. A time stands after “bis”, which also fits one with a date. */
export const de: Messages = {
  locale: 'de',
  signIn: 'Anmelden',
  status: {
    loading: 'Anmeldung wird geprüft',
    'signed-out': 'Abgemeldet',
    active: 'Angemeldet',
    expiring: 'Endet in Kürze',
    expired: 'Sitzung beendet',
  },
  connection: { offline: 'Offline', degraded: 'Anmeldedienst antwortet nicht' },
  timeLeft: {
    session: 'Verbleibende Zeit der Sitzung',
    'access-token': 'Verbleibende Zeit des Zugriffstokens',
  },
  expiry: {
    title: 'Ihre Sitzung endet in Kürze',
    description: (time) =>
      `Sie sind noch bis ${time} Uhr angemeldet. Bleiben Sie angemeldet, um hier weiterzuarbeiten.`,
    fixedDescription: (time) =>
      `Sie sind noch bis ${time} Uhr angemeldet. Diese Sitzung kann nicht verlängert werden. Melden Sie sich erneut an, um hier weiterzuarbeiten.`,
    lateDescription: (time) =>
      `Sie sind noch bis ${time} Uhr angemeldet. Die Zeit reicht nicht mehr aus, um die Sitzung zu verlängern. Melden Sie sich erneut an, um hier weiterzuarbeiten.`,
    stay: 'Angemeldet bleiben',
    staying: 'Sitzung wird verlängert\u00a0…',
    signOut: 'Abmelden',
    signingOut: 'Abmeldung läuft\u00a0…',
    remaining: (duration) => `Ihre Sitzung endet in ${duration}.`,
    reminder: (time) => `Sie sind noch bis ${time} Uhr angemeldet. Erneut anmelden`,
    titlePrefix: 'Sitzung endet bald',
  },
  result: {
    signedInUntil: (time) => `Sie sind bis ${time} Uhr angemeldet.`,
    signedIn: 'Sie sind angemeldet.',
  },
  relogin: {
    title: 'Ihre Sitzung ist beendet',
    tokenTitle: 'Bitte melden Sie sich erneut an',
    reason: {
      'signed-out': 'Sie haben sich abgemeldet.',
      idle: 'Sie wurden abgemeldet, weil Sie längere Zeit nicht aktiv waren.',
      lifetime: 'Sie wurden abgemeldet, weil die maximale Dauer der Sitzung erreicht ist.',
      revoked: 'Der Anmeldedienst hat die Sitzung beendet.',
      'token-refresh-failed': 'Der Anmeldedienst hat die Sitzung nicht verlängert.',
      'signed-out-elsewhere': 'Die Sitzung wurde in einem anderen Tab beendet.',
    },
    tokenReason: 'Der Anmeldedienst verlangt eine erneute Anmeldung, bevor Sie fortfahren können.',
    nothingLost: 'Ihr aktueller Stand ist auf dieser Seite noch vorhanden.',
    signedInAs: 'Ihr Konto',
    signIn: 'Erneut anmelden',
    signingIn: 'Anmeldung läuft\u00a0…',
    finish: 'Schließen Sie die Anmeldung im geöffneten Fenster ab.',
    notNow: 'Jetzt nicht',
    reminder: 'Sitzung beendet. Erneut anmelden',
    titlePrefix: 'Sitzung beendet',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'Ihr Browser hat das Anmeldefenster blockiert. Erlauben Sie Pop-ups für diese Website und versuchen Sie es erneut.',
    ERR_LOGIN_CANCELLED:
      'Das Anmeldefenster wurde geschlossen, bevor die Anmeldung abgeschlossen war. Sie können es jederzeit erneut versuchen.',
    ERR_NETWORK:
      'Der Anmeldedienst ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    ERR_TIMEOUT:
      'Der Anmeldedienst hat nicht rechtzeitig geantwortet. Versuchen Sie es gleich noch einmal.',
    ERR_RATE_LIMITED: 'Der Anmeldedienst ist ausgelastet. Versuchen Sie es gleich noch einmal.',
    ERR_SERVER: 'Beim Anmeldedienst ist eine Störung aufgetreten. Versuchen Sie es später erneut.',
    ERR_BAD_RESPONSE:
      'Die Antwort kam nicht vom Anmeldedienst. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
    ERR_EXPIRED_SESSION:
      'Die Sitzung ist inzwischen beendet. Melden Sie sich erneut an, um fortzufahren.',
    ERR_MISSING_SESSION:
      'Sie sind noch nicht angemeldet. Versuchen Sie es erneut und schließen Sie die Anmeldung ab.',
    ERR_NOT_SUPPORTED:
      'Das ist hier nicht möglich. Laden Sie die Seite neu und melden Sie sich an.',
    other: 'Das hat nicht funktioniert. Versuchen Sie es gleich noch einmal.',
  },
};

/** For `SessionTimeline`: `{ ...de, timeline: deTimeline }`. */
export const deTimeline: TimelineMessages = {
  title: 'Sitzung und Zugriffstoken im Zeitverlauf',
  session: 'Sitzung',
  accessToken: (name) => (name === null ? 'Zugriffstoken' : `Zugriffstoken für ${name}`),
  status: {
    loading: 'Wird geprüft',
    'signed-out': 'Abgemeldet',
    expired: 'Beendet',
  },
  reason: {
    'signed-out': 'Abmeldung',
    idle: 'keine Aktivität',
    lifetime: 'maximale Dauer erreicht',
    revoked: 'widerrufen',
    'token-refresh-failed': 'kein neues Zugriffstoken',
    'signed-out-elsewhere': 'Abmeldung in einem anderen Tab',
  },
  noToken: 'Keines',
  end: {
    idle: 'Endet ohne Aktivität',
    lifetime: 'Endet',
    'access-token': 'Endet mit dem Zugriffstoken',
    latest: 'Endet spätestens',
    token: 'Läuft ab',
  },
  endsAt: (end, time) => `${end}: ${time}\u00a0Uhr`,
  endUnknown: 'Ende unbekannt',
  event: {
    activity: 'Aktivität',
    extended: 'Verlängert',
    refreshed: 'Erneuert',
    failed: 'Fehlgeschlagen',
  },
  withDetail: (text, detail) => `${text}: ${detail}`,
  legend: {
    life: 'Verbleibende Zeit',
    window: 'Zeitfenster für die Erneuerung',
    warning: 'Warnung',
    refreshed: 'Erneuert oder verlängert',
    failed: 'Fehlgeschlagen',
    activity: 'Aktivität',
    'latest-end': 'Spätestes Ende',
  },
  table: {
    columns: ['Sitzung oder Token', 'Ereignis', 'Zeit'],
    started: 'Begonnen',
    issued: 'Ausgestellt',
    between: (from, to) => `${from} bis ${to}`,
  },
};
