/** The codes of failures after which the request is repeated. */
const retryableCodes = [
  'ERR_NETWORK',
  'ERR_TIMEOUT',
  'ERR_RATE_LIMITED',
  'ERR_SERVER',
  'ERR_BAD_RESPONSE',
] as const;

/** The codes of failures that a new sign-in resolves. */
const loginCodes = [
  'ERR_MISSING_SESSION',
  'ERR_EXPIRED_SESSION',
  'ERR_EXPIRED_ACCESS_TOKEN',
  'ERR_MISSING_REFRESH_TOKEN',
  'ERR_REFRESH_FAILED',
  'ERR_LOGIN_REQUIRED',
] as const;

export type SessionErrorCode =
  | (typeof retryableCodes)[number]
  | (typeof loginCodes)[number]
  | 'ERR_LOGIN_CANCELLED'
  | 'ERR_POPUP_BLOCKED'
  | 'ERR_STEP_UP_REQUIRED'
  | 'ERR_INSUFFICIENT_SCOPE'
  | 'ERR_USER_CHANGED'
  | 'ERR_NOT_SUPPORTED';

/**
 * A failure at run time. Compare its `code`; its `message` says what happened and what to do. Misuse of
 * the package throws a `TypeError` instead.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: SessionErrorCode;
  /** Whether the same request can succeed later without an action of the user. */
  readonly retryable: boolean;
  /** The server's `Retry-After` (RFC 9110 §10.2.3), in ms. */
  readonly retryAfter?: number;

  /** Also an error of another copy of the package on the page. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'SessionError';
  }

  constructor(
    code: SessionErrorCode,
    message: string,
    options: { cause?: unknown; retryAfter?: number | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryable = (retryableCodes as readonly string[]).includes(code);
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }
}

/** Whether a new sign-in would resolve the error. */
export function needsLogin(error: unknown): error is SessionError {
  return error instanceof SessionError && isLoginCode(error.code);
}

/** Whether `code` is the code of a failure that a new sign-in resolves. */
export function isLoginCode(code: string): code is SessionErrorCode {
  return (loginCodes as readonly string[]).includes(code);
}

/** Converts an error of a source to a `SessionError`. An error of another kind counts as a network failure. */
export function toSessionError(thrown: unknown, sourceName: string): SessionError {
  if (thrown instanceof SessionError) return thrown;
  // Only the name of the error is kept: some SDKs attach the request, and with it a token, to their errors.
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new SessionError(
    'ERR_NETWORK',
    `The source "${sourceName}" failed with an unknown error (${kind}). The request is repeated; if this continues, look at the network panel.`,
  );
}
