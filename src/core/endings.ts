import { SessionError } from './errors.js';

// What calls are told that cannot go on.

export function nobody(): SessionError {
  return new SessionError('ERR_MISSING_SESSION', 'Nobody is signed in. Call login() first.');
}

export function sessionExpired(): SessionError {
  return new SessionError('ERR_EXPIRED_SESSION', 'The session has ended. Call login() to go on.');
}

export function loginCancelled(): SessionError {
  return new SessionError(
    'ERR_LOGIN_CANCELLED',
    'The person chose not to sign in. Offer the action again when they have.',
  );
}

export function stopped(): SessionError {
  return new SessionError(
    'ERR_LOGIN_CANCELLED',
    'The session client was stopped, and with it the calls that waited. Keep its provider mounted, or start it again.',
  );
}

export function userChanged(): SessionError {
  return new SessionError(
    'ERR_USER_CHANGED',
    'Another person has signed in since this call was made. Drop its result, and start again for them.',
  );
}
