import { SessionError, type SessionErrorCode } from '../core/errors.js';

/** No answer about a session or a token is longer; what is, is something else (UTF-16 units). */
const longestAnswer = 1_000_000;

/** What the `error` of a refusal means; nothing where it is unreadable. */
export type ReadError = (
  error: unknown,
) => SessionError | undefined | Promise<SessionError | undefined>;

/** The JSON object that an endpoint answers with; anything else is thrown as the failure that it is. */
export async function readJsonBody(
  response: Response,
  readError?: ReadError,
): Promise<Record<string, unknown>> {
  const body = parseObject(await response.text());
  if (response.ok && body) return body;
  const failure = httpError(response.status, readRetryAfter(response.headers));
  // Where the status says it all, the body may be a gateway's.
  throw (failure.code === 'ERR_BAD_RESPONSE' && (await readError?.(body?.['error']))) || failure;
}

/** An answer of which the HTTP status says all; one of 200 could not be read. `retryAfter` is in ms. */
export function httpError(status: number, retryAfter?: number): SessionError {
  return new SessionError(
    codeOfStatus(status),
    `HTTP ${status}, and nothing that can be read. It is asked again.`,
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
    const body: unknown = text.length > longestAnswer ? null : JSON.parse(text);
    return Object(body) === body ? (body as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** In ms, from seconds or from a date (RFC 9110 §10.2.3), which is told by the server's own clock. */
function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  const wait = Number(text) * 1_000 || Date.parse(text) - Date.parse(headers.get('Date') ?? '');
  return wait > 0 ? wait : undefined;
}
