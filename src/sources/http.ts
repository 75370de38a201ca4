import { SessionError } from '../core/errors.js';
import { httpError, oauthError } from './oauthErrors.js';

/** No answer about a session or a token is longer; what is, is something else (UTF-16 units). */
const longestAnswer = 1_000_000;

/**
 * The JSON object that an endpoint answers with; anything else is the failure that it is, in our
 * words. For a source of your own: what it does not catch is retried, and signs nobody out.
 * @see docs/faults.md for what becomes of each
 */
export async function readJson(
  response: Response,
  readError: ReadError = readOauthError,
): Promise<Record<string, unknown>> {
  const body = parseObject(await response.text());
  if (response.ok && body) return body;
  const retryAfter = readRetryAfter(response.headers);
  if (response.ok) {
    throw new SessionError(
      'ERR_BAD_RESPONSE',
      'Something answered in the place of the server, but not with a JSON object. It is asked again.',
    );
  }
  throw readError(body?.['error'], retryAfter) ?? httpError(response.status, retryAfter);
}

/** What the `error` of a refusal means; nothing where it is unreadable. `retryAfter` is in ms. */
export type ReadError = (error: unknown, retryAfter?: number) => SessionError | undefined;

/** RFC 6749 §5.2. */
export function readOauthError(error: unknown, retryAfter?: number): SessionError | undefined {
  return typeof error === 'string' ? oauthError(error, retryAfter) : undefined;
}

/** The JSON object that `text` is, or `null`. */
export function parseObject(text: string): Record<string, unknown> | null {
  if (text.length > longestAnswer) return null;
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** In ms, from seconds or from a date (RFC 9110 §10.2.3), which is told by the server's own clock. */
function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('Retry-After');
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const wait = Date.parse(text) - Date.parse(headers.get('Date') ?? '');
  return wait > 0 ? wait : undefined;
}
