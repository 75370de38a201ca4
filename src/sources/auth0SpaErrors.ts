import { SessionError, type SessionErrorCode } from '../core/errors.js';
import { type SdkCodes, sdkCodeError, sdkError, sdkFailure } from './sdkErrors.js';

/** The codes of the SDK's `GenericError`, and of Auth0, that are not those of OAuth. */
const codes: SdkCodes = {
  missing_refresh_token: 'ERR_MISSING_REFRESH_TOKEN',
  missing_scopes: 'ERR_INSUFFICIENT_SCOPE',
  timeout: 'ERR_TIMEOUT',
  too_many_requests: 'ERR_RATE_LIMITED',
  'Too Many Requests': 'ERR_RATE_LIMITED',
  // An answer without a code of OAuth: the SDK drops the HTTP status.
  request_error: 'ERR_SERVER',
  popup_open: 'ERR_POPUP_BLOCKED',
  cancelled: 'ERR_LOGIN_CANCELLED',
  // The sign-in is complete, or was started in another browser.
  missing_transaction: 'ERR_LOGIN_CANCELLED',
  state_mismatch: 'ERR_LOGIN_CANCELLED',
};

/** Without a page to show, these are refusals, not the user's decision. */
const codesWithoutPage: SdkCodes = {
  ...codes,
  access_denied: 'ERR_REFRESH_FAILED',
  unauthorized: 'ERR_REFRESH_FAILED',
};

/** Converts an error of auth0-spa-js. Its description is not kept: it comes from the provider. */
function toAuth0Error(thrown: unknown, own: SdkCodes): SessionError {
  const {
    error,
    message = '',
    popup,
  } = Object(thrown) as Partial<Error> & {
    error?: unknown;
    popup?: unknown;
  };
  if (popup && error === 'timeout') return cancelled();
  if (isStepUp(error, message)) return sdkError(...stepUp);
  // The SDK checks the `max_age` of its options against each ID token.
  if (/\(auth_time\).*too much time/.test(message)) {
    return sdkError('ERR_LOGIN_REQUIRED', 'The authentication is older than max_age allows.');
  }
  return typeof error === 'string' ? sdkCodeError(error, own) : sdkFailure(thrown);
}

/** Runs `call`, and converts its error. `isSilent`: no page is shown to the user. */
export async function withAuth0Errors<Result>(
  call: () => Promise<Result>,
  isSilent = false,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof SessionError
      ? error
      : toAuth0Error(error, isSilent ? codesWithoutPage : codes);
  }
}

const stepUp: [SessionErrorCode, string] = [
  'ERR_STEP_UP_REQUIRED',
  'Auth0 requires a second factor.',
];

/** In a hidden frame, Auth0 answers `login_required` for a second factor too. */
function isStepUp(error: unknown, message: string): boolean {
  return error === 'login_required' && message === 'Multifactor authentication required';
}

/** The user has left the window of a sign-in open for too long. */
function cancelled(): SessionError {
  return sdkError('ERR_LOGIN_CANCELLED', 'The sign-in window was open for too long.');
}
