import { needsLogin, SessionError, type SessionErrorCode } from '../core/errors.js';

/** The SDK's codes that are not ours in small letters (version 4), nor ours as they are (version 3). */
const codes: Readonly<Record<string, SessionErrorCode>> = {
  session_expired: 'ERR_EXPIRED_SESSION',
  mfa_required: 'ERR_STEP_UP_REQUIRED',
  // Only a route made with `accessTokenRoute` says this.
  invalid_grant: 'ERR_REFRESH_FAILED',
  ERR_MISSING_ACCESS_TOKEN: 'ERR_LOGIN_REQUIRED',
  ERR_INSUFFICIENT_SCOPE: 'ERR_INSUFFICIENT_SCOPE',
};

/**
 * The SDK could not renew, and does not say why: a provider that is away, one that refuses for a
 * while, and a refresh token that is dead look alike (`failed_to_refresh_token`, `discovery_error`).
 */
export class UnclearRefusal extends SessionError {}

/** What `{ error: { code } }` means, or the flat `{ error }` of a second factor. */
export function readNextjsAuth0Error(error: unknown): SessionError | undefined {
  const { code = error } = Object(error) as { code?: unknown };
  if (typeof code !== 'string') return undefined;
  const known = Object.hasOwn(codes, code) ? codes[code] : undefined;
  const refusal = signInAgain(known ?? (`ERR_${code.replace('ERR_', '')}`.toUpperCase() as never));
  return known || needsLogin(refusal)
    ? refusal
    : new UnclearRefusal('ERR_SERVER', 'nextjs-auth0 got no new token. It is asked again.');
}

/** Only a person can help. */
export function signInAgain(code: SessionErrorCode): SessionError {
  return new SessionError(code, 'nextjs-auth0 has no token for this call. Sign in again.');
}
