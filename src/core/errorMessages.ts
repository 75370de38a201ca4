import { SessionError, type SessionErrorCode } from './errors.js';

export type MessageKey =
  | 'noSession'
  | 'ended'
  | 'loginCancelled'
  | 'stopped'
  | 'userChanged'
  | 'stepUp'
  | 'notExtendable'
  | 'notClearable'
  | 'lockTimeout';

/** The errors of the core itself. Each text says what happened, then what to do. */
const messages: Readonly<Record<MessageKey, readonly [SessionErrorCode, string]>> = {
  noSession: ['ERR_MISSING_SESSION', 'No user is signed in. Call login() first.'],
  ended: ['ERR_EXPIRED_SESSION', 'The session has ended. Call login() to continue.'],
  loginCancelled: ['ERR_LOGIN_CANCELLED', 'The user cancelled the sign-in. Offer it again.'],
  stopped: [
    'ERR_LOGIN_CANCELLED',
    'The client was stopped while this call waited. Keep the SessionProvider mounted, or start the client again.',
  ],
  userChanged: [
    'ERR_USER_CHANGED',
    'Another user has signed in since this call. Do not repeat it: it belonged to the former user.',
  ],
  stepUp: [
    'ERR_STEP_UP_REQUIRED',
    'A newer or stronger authentication is required. Call login() with maxAge or acrValues, or mount a <ReloginDialog>.',
  ],
  notExtendable: [
    'ERR_NOT_SUPPORTED',
    'This session cannot be extended. Offer a new sign-in instead.',
  ],
  notClearable: [
    'ERR_NOT_SUPPORTED',
    'The source has no clear(), so a reload would undo a sign-out only here. Call logout() without scope, or add clear() to the source.',
  ],
  lockTimeout: [
    'ERR_TIMEOUT',
    'Another tab has held the refresh lock for too long. The request is repeated; if this continues, close the other tabs.',
  ],
};

export function makeError(key: MessageKey): SessionError {
  const [code, message] = messages[key];
  return new SessionError(code, message);
}

/** The error of a reason: of the source, or of the core. */
export function errorOf(reason: MessageKey | SessionError): SessionError {
  return typeof reason === 'string' ? makeError(reason) : reason;
}

const shared: { [Key in MessageKey]?: SessionError } = {};

/** Returns the same error each time, because the identity of a snapshot must be stable. */
export function sharedError(key: MessageKey): SessionError {
  shared[key] ??= makeError(key);
  return shared[key];
}
