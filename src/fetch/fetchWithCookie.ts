import { makeError } from '../core/errorMessages.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { BearerOptions } from './bearer.js';
import { checkRequest, isFromOrigins } from './origins.js';
import { repeatable } from './repeatable.js';

/** A `fetch` for an API that the cookie of the session authenticates. */
export function fetchWithCookie(
  client: SessionClient,
  options: Pick<BearerOptions, 'onExpired'>,
  origins: readonly string[],
  send: (request: Request) => Promise<Response>,
): typeof fetch {
  const { onExpired = 'wait' } = options;
  return async function cookieFetch(input, init) {
    // A `Request` states its credentials.
    const own = input instanceof Request ? init : { credentials: 'include' as const, ...init };
    const { first, again } = repeatable(input, own);
    checkRequest(first, origins);
    if (first.headers.has('Authorization')) return send(first);
    const { signal } = first;
    const userAtCall = client.getUserKey();
    const response = await send(first);
    // The session may still be loading when the call is made.
    const userKey = userAtCall ?? client.getUserKey();
    if (response.status !== 401 || !again || !isFromOrigins(response, origins)) return response;
    // With a session, the API has refused the call for another reason.
    if (await mayHaveSession(client, signal)) return response;
    response.body?.cancel().catch(() => {});
    await client.getSession(omitUndefined({ onExpired, signal }));
    if (userKey !== null && userKey !== client.getUserKey()) throw makeError('userChanged');
    return send(again());
  };
}

/** Asks the source whether there is a session. If it cannot tell, there may be one. */
async function mayHaveSession(client: SessionClient, signal: AbortSignal): Promise<boolean> {
  try {
    return (await client.checkSession(signal)) !== null;
  } catch (error) {
    if (signal.aborted) throw error;
    return true;
  }
}
