import { isLoginCode, type SessionErrorCode } from '../core/errors.js';

/** The SDK's codes that differ from ours, in the spelling of version 3. */
const mappedCodes: Readonly<Record<string, SessionErrorCode>> = {
  ERR_SESSION_EXPIRED: 'ERR_EXPIRED_SESSION',
  ERR_MISSING_ACCESS_TOKEN: 'ERR_LOGIN_REQUIRED',
  ERR_MFA_REQUIRED: 'ERR_STEP_UP_REQUIRED',
  ERR_INSUFFICIENT_SCOPE: 'ERR_INSUFFICIENT_SCOPE',
  // Sent only by a route created with `accessTokenRoute`.
  ERR_INVALID_GRANT: 'ERR_REFRESH_FAILED',
};

/**
 * Reads `{ error: { code } }`, or the flat `{ error }` of a required second factor; `undefined` if it
 * is unreadable. `ERR_SERVER`: the SDK could not refresh and gives no reason. An unreachable
 * provider, a temporary refusal and an invalid refresh token have the same codes
 * (`failed_to_refresh_token`, `discovery_error`).
 */
export function readNextjsAuth0Code(error: unknown): SessionErrorCode | undefined {
  const { code = error } = Object(error) as { code?: unknown };
  if (typeof code !== 'string') return undefined;
  // Version 4 writes `missing_session` instead of `ERR_MISSING_SESSION`.
  const name = `ERR_${code.toUpperCase().replace('ERR_', '')}`;
  return mappedCodes[name] ?? (isLoginCode(name) ? name : 'ERR_SERVER');
}
