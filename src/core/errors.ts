/** The codes of requests that are repeated. */
const retryableCodes = [
  'ERR_NETWORK',
  'ERR_TIMEOUT',
  'ERR_RATE_LIMITED',
  'ERR_SERVER',
  'ERR_BAD_RESPONSE',
] as const;

/** The codes that a new sign-in resolves. */
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
 * A failure at run time. Test `code`; `message` says what happened and what to do. Misuse is not a
 * `SessionError` but a `TypeError`.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: SessionErrorCode;
  /** Whether the same request may succeed later without the user's help. */
  readonly retryable: boolean;
  /** The server's `Retry-After` (ms). */
  readonly retryAfter?: number;

  constructor(
    code: SessionErrorCode,
    message: string,
    options: { cause?: unknown; retryAfter?: number | undefined } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.retryable = (retryableCodes as readonly string[]).includes(code);
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }
}

/** Whether a new sign-in would resolve it. */
export function needsLogin(error: unknown): error is SessionError {
  return error instanceof SessionError && isLoginCode(error.code);
}

/** Whether it is the code of a failure that a new sign-in would resolve. */
export function isLoginCode(code: string): code is SessionErrorCode {
  return (loginCodes as readonly string[]).includes(code);
}

/** A source's failure as a `SessionError`. What the source does not classify itself means "cannot tell". */
export function toSessionError(thrown: unknown, sourceName: string): SessionError {
  if (thrown instanceof SessionError) return thrown;
  // The cause is named, not attached: some SDKs attach requests, and with them tokens, to their errors.
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new SessionError(
    'ERR_NETWORK',
    `The source "${sourceName}" failed without a definite answer (${kind}). The request is repeated; if this continues, look at the network panel.`,
  );
}
