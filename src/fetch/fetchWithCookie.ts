import { makeError } from '../core/errorMessages.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { AuthFetchOptions } from './createAuthFetch.js';
import { checkRequest, isFromOrigins } from './origins.js';
import { repeatable } from './repeatable.js';

/** A `fetch` for an API that the cookie of the session authenticates. */
export function fetchWithCookie(
  client: SessionClient,
  options: AuthFetchOptions,
  origins: readonly string[],
  send: (request: Request) => Promise<Response>,
): typeof fetch {
  const { onExpired = 'wait' } = options;
  return async function cookieFetch(input, init) {
    const { first, again } = repeatable(input, { credentials: 'include', ...init });
    checkRequest(first, origins);
    const { signal } = first;
    const userKey = client.getUserKey();
    const response = await send(first);
    if (response.status !== 401 || !again || !isFromOrigins(response, origins)) return response;
    // With a session, the API has refused the call for another reason.
    if (await client.checkSession(signal)) return response;
    response.body?.cancel().catch(() => {});
    await client.getSession(omitUndefined({ onExpired, signal }));
    if (userKey !== null && userKey !== client.getUserKey()) throw makeError('userChanged');
    return send(again());
  };
}
