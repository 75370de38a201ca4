import { SessionError, type SessionErrorCode } from '../core/errors.js';

/**
 * Maps OAuth error codes to ours (RFC 6749 §5.2, OpenID Connect Core §3.1.2.6, RFC 9470). Only
 * `invalid_grant` means that the refresh token is refused for good. A code that is not listed is a
 * configuration error, which the provider's operator can correct while the session is kept.
 */
const codes: ReadonlyMap<string, SessionErrorCode> = new Map([
  ['invalid_grant', 'ERR_REFRESH_FAILED'],
  ['login_required', 'ERR_LOGIN_REQUIRED'],
  ['interaction_required', 'ERR_LOGIN_REQUIRED'],
  ['consent_required', 'ERR_LOGIN_REQUIRED'],
  ['account_selection_required', 'ERR_LOGIN_REQUIRED'],
  ['access_denied', 'ERR_LOGIN_CANCELLED'],
  ['unmet_authentication_requirements', 'ERR_STEP_UP_REQUIRED'],
  ['insufficient_user_authentication', 'ERR_STEP_UP_REQUIRED'],
  ['mfa_required', 'ERR_STEP_UP_REQUIRED'],
  ['invalid_scope', 'ERR_INSUFFICIENT_SCOPE'],
  ['temporarily_unavailable', 'ERR_SERVER'],
  ['server_error', 'ERR_SERVER'],
]);

const advice: Partial<Record<SessionErrorCode, string>> = {
  ERR_REFRESH_FAILED: 'Sign in again.',
  ERR_LOGIN_REQUIRED: 'Sign in again.',
  ERR_LOGIN_CANCELLED: 'Offer the sign-in again.',
  ERR_STEP_UP_REQUIRED: 'Sign in with a stronger authentication method.',
  ERR_INSUFFICIENT_SCOPE: 'Request a scope that the provider grants to this client.',
  ERR_SERVER: 'The request is repeated.',
};

/**
 * The error for an OAuth error code, such as `invalid_grant` (RFC 6749 §5.2, OpenID Connect Core §3.1.2.6, RFC
 * 9470); a code that is not known means a wrong configuration, `ERR_BAD_RESPONSE`. Pass only the code: an
 * `error_description` may quote the request.
 */
export function oauthError(error: string): SessionError {
  const code = codes.get(error) ?? 'ERR_BAD_RESPONSE';
  const name = /^[\w.-]{1,64}$/.test(error) ? error : 'an unreadable error';
  const action = advice[code] ?? "Check this client's registration and settings.";
  return new SessionError(code, `The provider answered ${name}. ${action}`);
}
