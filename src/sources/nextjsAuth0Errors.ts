import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { readOauthError } from './http.js';

/** The SDK's codes in our words: of version 4 in small letters, of version 3 in capitals. */
const codes: Readonly<Record<string, SessionErrorCode>> = {
  missing_session: 'ERR_MISSING_SESSION',
  session_expired: 'ERR_EXPIRED_SESSION',
  missing_refresh_token: 'ERR_MISSING_REFRESH_TOKEN',
  ERR_MISSING_SESSION: 'ERR_MISSING_SESSION',
  ERR_MISSING_ACCESS_TOKEN: 'ERR_LOGIN_REQUIRED',
  ERR_MISSING_REFRESH_TOKEN: 'ERR_MISSING_REFRESH_TOKEN',
  ERR_EXPIRED_ACCESS_TOKEN: 'ERR_EXPIRED_ACCESS_TOKEN',
  ERR_INSUFFICIENT_SCOPE: 'ERR_INSUFFICIENT_SCOPE',
};

/**
 * The SDK could not renew, and does not say why: a provider that is away, one that refuses for a
 * while, and a refresh token that is dead look alike (`failed_to_refresh_token`, `discovery_error`).
 */
export class UnclearRefusal extends SessionError {
  constructor() {
    super(
      'ERR_SERVER',
      'The SDK could not renew the access token, and does not say why. It is asked again.',
    );
  }
}

/** What the SDK's `{ error: { code } }` means, or an OAuth error. */
export function readNextjsAuth0Error(error: unknown): SessionError | undefined {
  const { code } = Object(error) as { code?: unknown };
  if (typeof code !== 'string') return readOauthError(error);
  const known = Object.hasOwn(codes, code) ? codes[code] : undefined;
  return known
    ? new SessionError(known, `The SDK answered ${code}. Sign in again.`)
    : new UnclearRefusal();
}
