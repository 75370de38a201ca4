import type { TimelineMessages } from '../timeline/messages.js';
import type { Messages } from './types.js';

/** Spanish. A time stands after a colon, because neither “a las” nor “a la” fits every time. */
export const es: Messages = {
  locale: 'es',
  signIn: 'Iniciar sesión',
  status: {
    loading: 'Comprobando la sesión',
    'signed-out': 'Sesión no iniciada',
    active: 'Sesión iniciada',
    expiring: 'A punto de finalizar',
    expired: 'Sesión finalizada',
  },
  connection: { offline: 'Sin conexión', degraded: 'El servicio de acceso no responde' },
  timeLeft: {
    session: 'Tiempo restante de la sesión',
    'access-token': 'Tiempo restante del token de acceso',
  },
  expiry: {
    title: 'Su sesión está a punto de finalizar',
    description: (time) =>
      `Cierre automático de la sesión: ${time}. Mantenga la sesión iniciada para continuar donde está.`,
    fixedDescription: (time) =>
      `Cierre automático de la sesión: ${time}. Esta sesión no se puede prolongar. Vuelva a iniciar sesión para continuar donde está.`,
    lateDescription: (time) =>
      `Cierre automático de la sesión: ${time}. Ya no queda tiempo suficiente para prolongar la sesión. Vuelva a iniciar sesión para continuar donde está.`,
    stay: 'Mantener la sesión iniciada',
    staying: 'Prolongando la sesión…',
    signOut: 'Cerrar sesión',
    signingOut: 'Cerrando sesión…',
    remaining: (duration) => `Su sesión finalizará en ${duration}.`,
    reminder: (time) => `Cierre automático de la sesión: ${time}. Volver a iniciar sesión`,
    titlePrefix: 'La sesión va a finalizar',
  },
  result: {
    signedInUntil: (time) => `Ha iniciado sesión. Cierre automático: ${time}.`,
    signedIn: 'Ha iniciado sesión.',
  },
  relogin: {
    title: 'Su sesión ha finalizado',
    tokenTitle: 'Vuelva a iniciar sesión',
    reason: {
      'signed-out': 'Ha cerrado la sesión.',
      idle: 'La sesión se ha cerrado tras un periodo de inactividad.',
      lifetime: 'La sesión se ha cerrado porque ha alcanzado su duración máxima.',
      revoked: 'El servicio de acceso ha finalizado la sesión.',
      'token-refresh-failed': 'El servicio de acceso no ha renovado la sesión.',
      'signed-out-elsewhere': 'La sesión se ha cerrado en otra pestaña.',
    },
    tokenReason: 'El servicio de acceso le pide que vuelva a iniciar sesión antes de continuar.',
    nothingLost: 'Lo que estaba haciendo sigue en esta página.',
    signedInAs: 'Su cuenta',
    signIn: 'Volver a iniciar sesión',
    signingIn: 'Iniciando sesión…',
    finish: 'Termine de iniciar sesión en la ventana que se ha abierto.',
    notNow: 'Ahora no',
    reminder: 'Sesión finalizada. Inicie sesión',
    titlePrefix: 'Sesión finalizada',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'Su navegador ha bloqueado la ventana de inicio de sesión. Permita las ventanas emergentes para este sitio e inténtelo de nuevo.',
    ERR_LOGIN_CANCELLED:
      'La ventana de inicio de sesión se cerró antes de terminar. Inténtelo de nuevo cuando quiera.',
    ERR_NETWORK:
      'No se puede acceder al servicio de acceso. Compruebe su conexión e inténtelo de nuevo.',
    ERR_TIMEOUT:
      'El servicio de acceso ha tardado demasiado en responder. Inténtelo de nuevo en unos instantes.',
    ERR_RATE_LIMITED: 'El servicio de acceso está saturado. Inténtelo de nuevo en unos instantes.',
    ERR_SERVER: 'El servicio de acceso tiene problemas. Inténtelo de nuevo en unos instantes.',
    ERR_BAD_RESPONSE:
      'La respuesta no procede del servicio de acceso. Compruebe su conexión e inténtelo de nuevo.',
    ERR_EXPIRED_SESSION:
      'Demasiado tarde: la sesión ha finalizado. Vuelva a iniciar sesión para continuar.',
    ERR_MISSING_SESSION:
      'Todavía no ha iniciado sesión. Inténtelo de nuevo y complete el inicio de sesión.',
    ERR_NOT_SUPPORTED: 'Aquí no es posible. Vuelva a cargar la página e inicie sesión.',
    other: 'No se ha podido completar la acción. Inténtelo de nuevo en unos instantes.',
  },
};

/** For `SessionTimeline`: `{ ...es, timeline: esTimeline }`. */
export const esTimeline: TimelineMessages = {
  title: 'Sesión y token de acceso a lo largo del tiempo',
  session: 'Sesión',
  accessToken: (name) => (name === null ? 'Token de acceso' : `Token de acceso para ${name}`),
  status: {
    loading: 'Comprobando',
    'signed-out': 'Sesión no iniciada',
    expired: 'Finalizada',
  },
  reason: {
    'signed-out': 'cierre de sesión',
    idle: 'inactividad',
    lifetime: 'duración máxima alcanzada',
    revoked: 'revocada',
    'token-refresh-failed': 'sin un nuevo token de acceso',
    'signed-out-elsewhere': 'cierre de sesión en otra pestaña',
  },
  noToken: 'Ninguno',
  end: {
    idle: 'Finaliza por inactividad',
    lifetime: 'Finaliza',
    'access-token': 'Finaliza con su token de acceso',
    latest: 'Finaliza a más tardar',
    token: 'Caduca',
  },
  endsAt: (end, time) => `${end}: ${time}`,
  endUnknown: 'Fin desconocido',
  event: {
    activity: 'Actividad',
    extended: 'Prolongación',
    refreshed: 'Renovación',
    failed: 'Error',
  },
  withDetail: (text, detail) => `${text}: ${detail}`,
  legend: {
    life: 'Tiempo restante',
    window: 'Periodo de renovación',
    warning: 'Aviso',
    refreshed: 'Renovación o prolongación',
    failed: 'Error',
    activity: 'Actividad',
    'latest-end': 'Plazo máximo',
  },
  table: {
    columns: ['Sesión o token', 'Evento', 'Hora'],
    started: 'Inicio',
    issued: 'Emisión',
    between: (from, to) => `De ${from} a ${to}`,
  },
};
