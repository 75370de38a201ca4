import { isLoginCode, type SessionErrorCode } from '../core/errors.js';

/** The SDK's names that are not ours, as version 3 writes them. */
const renamed: Readonly<Record<string, SessionErrorCode>> = {
  ERR_SESSION_EXPIRED: 'ERR_EXPIRED_SESSION',
  ERR_MISSING_ACCESS_TOKEN: 'ERR_LOGIN_REQUIRED',
  ERR_MFA_REQUIRED: 'ERR_STEP_UP_REQUIRED',
  ERR_INSUFFICIENT_SCOPE: 'ERR_INSUFFICIENT_SCOPE',
  // Only a route made with `accessTokenRoute` says this.
  ERR_INVALID_GRANT: 'ERR_REFRESH_FAILED',
};

/**
 * What `{ error: { code } }` means, or the flat `{ error }` of a second factor; nothing where it is
 * unreadable. `ERR_SERVER`: the SDK could not renew, and does not say why. A provider that is away,
 * one that refuses for a while, and a refresh token that is dead look alike
 * (`failed_to_refresh_token`, `discovery_error`).
 */
export function readNextjsAuth0Code(error: unknown): SessionErrorCode | undefined {
  const { code = error } = Object(error) as { code?: unknown };
  if (typeof code !== 'string') return undefined;
  // Version 4 writes `missing_session` for what was `ERR_MISSING_SESSION`.
  const name = `ERR_${code.toUpperCase().replace('ERR_', '')}`;
  return renamed[name] ?? (isLoginCode(name) ? name : 'ERR_SERVER');
}
