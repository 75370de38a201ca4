import { readJsonBody } from './jsonBody.js';
import { oauthError } from './oauthErrors.js';

/**
 * Reads the JSON object of a response. Rejects with a `SessionError` for anything else: with the error for
 * the OAuth error in its body (`oauthError`), or for its status (`httpError`). If your source does not catch
 * it, the request is repeated where that may help, and the session is kept.
 * @see docs/faults.md for the effect of each failure
 */
export function readJson(response: Response): Promise<Record<string, unknown>> {
  return readJsonBody(response, (error) =>
    typeof error === 'string' ? oauthError(error) : undefined,
  );
}

/** The challenges of a gateway with its own password (RFC 7617 and others). */
const gatewayChallenge = /\b(basic|digest|negotiate|ntlm)\b/i;

/**
 * As `readJson`, but `null` if the server says that there is no session: by the JSON value `null`, by 204, or
 * by 401. A 401 with HTML or with a challenge for a password comes from a gateway, and is a failure. `signedOut`:
 * the statuses to treat as 401, default `[401]`.
 */
export async function readJsonOrNull(
  response: Response,
  signedOut: readonly number[] = [401],
): Promise<Record<string, unknown> | null> {
  const { status, headers } = response;
  if (status === 204) return null;
  const isRefusal = signedOut.includes(status);
  if (isRefusal || status === 200) {
    const text = await response.clone().text();
    const isGateway =
      /^\s*</.test(text) || gatewayChallenge.test(headers.get('WWW-Authenticate') ?? '');
    if (isRefusal ? !isGateway : text.trim() === 'null') return null;
  }
  return readJson(response);
}

/**
 * Resolves if the server has accepted the request, whatever the body of its answer is, for example an empty 204
 * after a sign-out. Rejects with the errors of `readJson` for any other status.
 */
export async function expectOk(response: Response): Promise<void> {
  if (!response.ok) await readJson(response);
  else await response.body?.cancel();
}
