import { SessionError, type SessionErrorCode } from '../core/errors.js';

/** A longer body is not an answer about a session or a token (UTF-16 code units). */
const maxBodyLength = 1_000_000;

/** Reads the `error` field of a refusal; `undefined` if it is unreadable. */
export type ReadError = (
  error: unknown,
) => SessionError | undefined | Promise<SessionError | undefined>;

/** Reads the JSON object of a response; throws a `SessionError` for anything else. */
export async function readJsonBody(
  response: Response,
  readError?: ReadError,
): Promise<Record<string, unknown>> {
  const body = parseObject(await response.text());
  if (response.ok && body) return body;
  const failure = httpError(response.status, readRetryAfter(response.headers));
  // A definite status takes precedence: the body may be that of a gateway.
  throw (failure.code === 'ERR_BAD_RESPONSE' && (await readError?.(body?.['error']))) || failure;
}

/**
 * The error for an HTTP status that is not an answer: `ERR_TIMEOUT` (408), `ERR_RATE_LIMITED` (429), `ERR_SERVER`
 * (5xx), else `ERR_BAD_RESPONSE`, also for 200 with an unreadable body. `retryAfter` in ms.
 */
export function httpError(status: number, retryAfter?: number): SessionError {
  return new SessionError(
    codeOfStatus(status),
    `The server answered HTTP ${status} without a readable body. The same request may succeed later; if it does not, look at the network panel.`,
    { retryAfter },
  );
}

function codeOfStatus(status: number): SessionErrorCode {
  if (status === 408) return 'ERR_TIMEOUT';
  if (status === 429) return 'ERR_RATE_LIMITED';
  return status >= 500 ? 'ERR_SERVER' : 'ERR_BAD_RESPONSE';
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = text.length > maxBodyLength ? null : JSON.parse(text);
    return Object(body) === body ? (body as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/**
 * The `Retry-After` of a response in ms, from seconds or from a date (RFC 9110 §10.2.3); a date is compared with
 * the server's `Date`. `undefined` if there is none.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  const wait = Number(text) * 1_000 || Date.parse(text) - Date.parse(headers.get('Date') ?? '');
  return wait > 0 ? wait : undefined;
}
