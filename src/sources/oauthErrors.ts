import { SessionError, type SessionErrorCode } from '../core/errors.js';

/**
 * OAuth error codes in our words (RFC 6749 §5.2, OpenID Connect Core §3.1.2.6, RFC 9470). Only
 * `invalid_grant` says that the refresh is lost; what is not listed is a mistake of configuration,
 * which its owner can mend without signing anybody out.
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
  ERR_LOGIN_CANCELLED: 'Offer to sign in once more.',
  ERR_STEP_UP_REQUIRED: 'Sign in with a stronger proof of identity.',
  ERR_INSUFFICIENT_SCOPE: 'Ask for a scope that the provider grants to this client.',
  ERR_SERVER: 'It is asked again.',
};

/** The provider's refusal. Its description is left out: a provider may quote the request in it. */
export function oauthError(error: string): SessionError {
  const code = codes.get(error) ?? 'ERR_BAD_RESPONSE';
  const name = /^[\w.-]{1,64}$/.test(error) ? error : 'an unreadable error';
  const next = advice[code] ?? "Check this client's registration and settings.";
  return new SessionError(code, `The provider answered ${name}. ${next}`);
}
