import { readJsonBody } from './jsonBody.js';
import { oauthError } from './oauthErrors.js';

/**
 * The JSON object that an endpoint answers with; anything else is the failure that it is, in our
 * words. For a source of your own: what it does not catch is retried, and signs nobody out.
 * @see docs/faults.md for what becomes of each
 */
export function readJson(response: Response): Promise<Record<string, unknown>> {
  return readJsonBody(response, (error) =>
    typeof error === 'string' ? oauthError(error) : undefined,
  );
}
