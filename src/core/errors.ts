/** The codes that are worth another try by themselves. */
const retryableCodes = [
  'ERR_NETWORK',
  'ERR_TIMEOUT',
  'ERR_RATE_LIMITED',
  'ERR_SERVER',
  'ERR_BAD_RESPONSE',
] as const;

/** The codes that a new sign-in cures. */
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
 * What goes wrong at run time. Test `code`; `message` is for people and says what to do next.
 * Misuse is not a `SessionError` but a `TypeError`.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: SessionErrorCode;
  /** Whether the same question may be answered later without a person's help. */
  readonly retryable: boolean;
  /** How long the server asked us to wait (ms). */
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

/** Whether a new sign-in would cure it. */
export function needsLogin(error: unknown): error is SessionError {
  return error instanceof SessionError && isLoginCode(error.code);
}

/** Whether it is the code of what a new sign-in would cure. */
export function isLoginCode(code: string): code is SessionErrorCode {
  return (loginCodes as readonly string[]).includes(code);
}

/** A source's failure in our words. What it does not classify itself means "cannot tell". */
export function toSessionError(thrown: unknown, sourceName: string): SessionError {
  if (thrown instanceof SessionError) return thrown;
  // The cause is named, not attached: SDKs hang requests, and with them tokens, on their errors.
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new SessionError(
    'ERR_NETWORK',
    `The source "${sourceName}" failed without a definite answer (${kind}). It is asked again; if this goes on, look at the network panel.`,
  );
}
