import type { Messages } from './types.js';

export { enTimeline } from '../timeline/messages.js';

/** English, the default. */
export const en: Messages = {
  locale: 'en',
  signIn: 'Sign in',
  status: {
    loading: 'Checking your session',
    'signed-out': 'Signed out',
    active: 'Signed in',
    expiring: 'Ending soon',
    expired: 'Session ended',
  },
  connection: { offline: 'Offline', degraded: 'Sign-in service not answering' },
  timeLeft: {
    session: 'Time left in this session',
    'access-token': 'Time left of the access token',
  },
  expiry: {
    title: 'Your session is about to end',
    description: (time) =>
      `You will be signed out at ${time}. Stay signed in to carry on where you are.`,
    fixedDescription: (time) =>
      `You will be signed out at ${time}. This session cannot be extended. Sign in again to carry on where you are.`,
    lateDescription: (time) =>
      `You will be signed out at ${time}. There is too little time left to extend this session. Sign in again to carry on where you are.`,
    stay: 'Stay signed in',
    staying: 'Staying signed in…',
    signOut: 'Sign out',
    signingOut: 'Signing out…',
    remaining: (duration) => `Your session ends in ${duration}.`,
    reminder: (time) => `You will be signed out at ${time}. Sign in again`,
    titlePrefix: 'Session ending',
  },
  result: {
    signedInUntil: (time) => `Signed in until ${time}.`,
    signedIn: 'You are signed in.',
  },
  relogin: {
    title: 'Your session has ended',
    tokenTitle: 'Please sign in again',
    reason: {
      'signed-out': 'You signed out.',
      idle: 'You were signed out because there was no activity for a while.',
      lifetime: 'You were signed out because the session reached its time limit.',
      revoked: 'Your sign-in service ended the session.',
      'token-refresh-failed': 'Your sign-in service would not renew the session.',
      'signed-out-elsewhere': 'The session was ended in another tab.',
    },
    tokenReason: 'Your sign-in service asks for it before this can go on.',
    nothingLost: 'What you were doing is still on this page.',
    signedInAs: 'Your account',
    signIn: 'Sign in again',
    signingIn: 'Signing in…',
    finish: 'Finish signing in where it has opened.',
    notNow: 'Not now',
    reminder: 'Session ended. Sign in again',
    titlePrefix: 'Session ended',
  },
  failure: {
    ERR_POPUP_BLOCKED:
      'Your browser blocked the sign-in window. Allow pop-ups for this site, then try again.',
    ERR_LOGIN_CANCELLED:
      'The sign-in window was closed before you had finished. Try again when you are ready.',
    ERR_NETWORK: 'The sign-in service could not be reached. Check your connection, then try again.',
    ERR_TIMEOUT: 'The sign-in service took too long to answer. Try again in a moment.',
    ERR_RATE_LIMITED: 'The sign-in service is busy. Try again in a moment.',
    ERR_SERVER: 'The sign-in service is having trouble. Try again in a moment.',
    ERR_BAD_RESPONSE:
      'The answer did not come from the sign-in service. Check your connection, then try again.',
    ERR_EXPIRED_SESSION: 'It was too late: the session has ended. Sign in again to carry on.',
    ERR_MISSING_SESSION: 'You are not signed in yet. Try again, and finish signing in.',
    ERR_NOT_SUPPORTED: 'This cannot be done here. Reload the page and sign in.',
    other: 'That did not work. Try again in a moment.',
  },
};
