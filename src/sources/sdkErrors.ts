import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { oauthError } from './oauthErrors.js';

/** What an SDK's error means, apart from the codes of OAuth. */
export type SdkCodes = Readonly<Record<string, SessionErrorCode>>;

const repeated = 'The request is repeated.';
const advice: Partial<Record<SessionErrorCode, string>> = {
  ERR_NETWORK: repeated,
  ERR_TIMEOUT: repeated,
  ERR_RATE_LIMITED: repeated,
  ERR_SERVER: repeated,
  ERR_BAD_RESPONSE: `${repeated} If this continues, look at the network panel.`,
  ERR_POPUP_BLOCKED: 'Call login() from a click, or with display: "redirect".',
  ERR_LOGIN_CANCELLED: 'Offer the sign-in again.',
  ERR_STEP_UP_REQUIRED: 'Sign in with a stronger authentication method.',
  ERR_INSUFFICIENT_SCOPE: 'Request a scope that the provider grants to this client.',
};

/** An error with the text that belongs to its code; `what` is a sentence on what happened. */
export function sdkError(code: SessionErrorCode, what: string): SessionError {
  return new SessionError(code, `${what} ${advice[code] ?? 'Sign in again.'}`);
}

/** The error for the error code of an SDK: its own codes take precedence over those of OAuth. */
export function sdkCodeError(error: string, own: SdkCodes): SessionError {
  const code = own[error];
  return code ? sdkError(code, `The SDK reported ${error}.`) : oauthError(error);
}

/** How browsers, and workers that pass only the text on, report that a request got no answer. */
const networkFailure = /fetch|network|load failed/i;

/**
 * The error for an error without a code. The original is not kept as the `cause`: some SDKs attach the
 * request, and with it a token, to their errors.
 */
export function sdkFailure(thrown: unknown): SessionError {
  if (thrown instanceof SessionError) return thrown;
  const { name, message = '' } = Object(thrown) as Partial<Error>;
  if (name === 'AbortError' || /time(d )?out/i.test(message)) {
    return sdkError('ERR_TIMEOUT', 'The provider did not answer in time.');
  }
  return name !== 'SyntaxError' && networkFailure.test(message)
    ? sdkError('ERR_NETWORK', 'The provider could not be reached.')
    : sdkError('ERR_BAD_RESPONSE', "The SDK could not read the provider's answer.");
}
