import { readJsonBody } from './jsonBody.js';
import { oauthError } from './oauthErrors.js';

/**
 * Reads the JSON object of a response; rejects with a `SessionError` for anything else. For a source
 * of your own: if it does not catch the error, the request is retried where that may help, and the
 * session is kept.
 * @see docs/faults.md for the effect of each failure
 */
export function readJson(response: Response): Promise<Record<string, unknown>> {
  return readJsonBody(response, (error) =>
    typeof error === 'string' ? oauthError(error) : undefined,
  );
}

/**
 * Resolves if the server has accepted the request, whatever the body of its answer is, for example 204 after
 * a sign-out; rejects with the errors of `readJson` for any other status.
 */
export async function expectOk(response: Response): Promise<void> {
  if (!response.ok) await readJson(response);
  else await response.body?.cancel();
}
