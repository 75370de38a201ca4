import { SessionError, type SessionErrorCode } from './errors.js';

export type MessageKey =
  | 'nobody'
  | 'ended'
  | 'loginCancelled'
  | 'stopped'
  | 'userChanged'
  | 'stepUp'
  | 'notExtendable'
  | 'lockTimeout';

/** The errors of the core itself: what happened, then what to do. */
const messages: Readonly<Record<MessageKey, readonly [SessionErrorCode, string]>> = {
  nobody: ['ERR_MISSING_SESSION', 'No user is signed in. Call login() first.'],
  ended: ['ERR_EXPIRED_SESSION', 'The session has ended. Call login() to continue.'],
  loginCancelled: [
    'ERR_LOGIN_CANCELLED',
    'The user chose not to sign in. Offer the action again after a sign-in.',
  ],
  stopped: [
    'ERR_LOGIN_CANCELLED',
    'The session client was stopped while this call waited. Keep its provider mounted, or start the client again.',
  ],
  userChanged: [
    'ERR_USER_CHANGED',
    'Another user has signed in since this call was made. Drop its result, and start again for the new user.',
  ],
  stepUp: [
    'ERR_STEP_UP_REQUIRED',
    'This needs a newer or stronger authentication of the user. Call login() with maxAge or acrValues, or mount a <ReloginDialog>, which asks for it.',
  ],
  notExtendable: [
    'ERR_NOT_SUPPORTED',
    'This session cannot be extended: its end does not move. Offer a new sign-in instead.',
  ],
  lockTimeout: [
    'ERR_TIMEOUT',
    'Another tab has been refreshing for too long. The request is repeated; if this continues, close the other tabs of this site.',
  ],
};

export function makeError(key: MessageKey): SessionError {
  const [code, message] = messages[key];
  return new SessionError(code, message);
}

const shared: { [Key in MessageKey]?: SessionError } = {};

/** The same error each time, for a snapshot whose identity must be stable. */
export function sharedError(key: MessageKey): SessionError {
  shared[key] ??= makeError(key);
  return shared[key];
}
