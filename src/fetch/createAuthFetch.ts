import { SessionError } from '../core/errors.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { Bearer, type BearerOptions } from './bearer.js';
import { type Refusal, readRefusal } from './challenge.js';
import { fetchWithCookie } from './fetchWithCookie.js';
import { checkRequest, isFromOrigins, readOrigins } from './origins.js';
import { repeatable } from './repeatable.js';

export interface AuthFetchOptions extends BearerOptions {
  /**
   * The origins to which the token may be sent, as `'https://api.example.com'`. A request to another
   * origin rejects with a `TypeError`. Default: the origin of the page.
   */
  origins?: readonly string[];
  /**
   * Headers for every request, read when it is sent, for example a token against cross-site request forgery
   * of a cookie session. Headers of the call itself take precedence.
   */
  headers?: () => HeadersInit;
  /** The function that sends the requests. Default: `globalThis.fetch`, read at each call. */
  fetch?: typeof fetch;
}

/**
 * A `fetch` for an API that belongs to the session: it adds the access token (RFC 6750 §2.1) and handles
 * the API's `WWW-Authenticate` challenges. A refused token is refreshed once for all calls that carried it, and each call is
 * repeated, for the same user only. If the API requires a newer or stronger authentication
 * (RFC 9470), the user is asked for it first. If this does not help, the call resolves with the API's
 * own answer. A new token that is refused too is not refreshed within ten seconds. A stream as
 * `init.body` is sent once and not repeated. A call with its own `Authorization` header is sent
 * unchanged. Tokens are sent as `Bearer`, not as `DPoP`.
 *
 * If the source has no access tokens, the session's cookie authenticates the calls (`credentials:
 * 'include'`). After a 401, the source is asked whether the session still exists. If it does not, the user
 * is asked to sign in, and the call is repeated once, for the same user only.
 *
 * Throws a `TypeError` for an invalid origin. The calls reject as those of `fetch` do, and with a
 * `SessionError` if no token can be had; `ERR_INSUFFICIENT_SCOPE` names the scope that the API
 * requires, because a refresh would not add it.
 * @example
 * const apiFetch = createAuthFetch(client, { origins: ['https://api.example.com'] });
 * const notes = await (await apiFetch('https://api.example.com/notes')).json();
 */
export function createAuthFetch(
  client: SessionClient,
  options: AuthFetchOptions = {},
): typeof fetch {
  const origins = readOrigins(options.origins);
  const send = createSend(options);
  if (!client.hasAccessTokens) return fetchWithCookie(client, options, origins, send);
  const bearer = new Bearer(client, options);

  return async function authFetch(input, init) {
    const { first, again } = repeatable(input, init);
    checkRequest(first, origins);
    if (first.headers.has('Authorization')) return send(first);
    const { signal } = first;
    const handled = new Set<Refusal['kind']>();
    const userAtCall = bearer.userKey;
    let token = await bearer.token(signal);
    // The session may still be loading when the call is made.
    const userKey = userAtCall ?? bearer.userKey;
    for (let request = first; ; ) {
      request.headers.set('Authorization', `Bearer ${token}`);
      const response = await send(request);
      const refusal = isFromOrigins(response, origins) ? readRefusal(response) : null;
      if (refusal?.kind === 'insufficient-scope') throw insufficientScope(refusal.scope);
      if (!refusal || handled.has(refusal.kind) || !bearer.canReplace(refusal, token)) {
        return response;
      }
      handled.add(refusal.kind);
      const replacement = bearer.replace(refusal, token, userKey, signal);
      // A call that cannot be repeated still replaces the token, for the next call.
      const newToken = await (again ? replacement : replacement.catch(() => token));
      if (!again || newToken === token) return response;
      // The body is not read; cancelling it frees the connection.
      response.body?.cancel().catch(() => {});
      request = again();
      token = newToken;
    }
  };
}

/** Sends a request with the headers of the options. */
function createSend({ headers, fetch }: AuthFetchOptions): (request: Request) => Promise<Response> {
  return (request) => {
    for (const [name, value] of new Headers(headers?.())) {
      if (!request.headers.has(name)) request.headers.set(name, value);
    }
    return (fetch ?? globalThis.fetch)(request);
  };
}

function insufficientScope(scope: string | undefined): SessionError {
  const missing = scope === undefined ? 'a scope, which it does not name' : `the scope "${scope}"`;
  return new SessionError(
    'ERR_INSUFFICIENT_SCOPE',
    `The API requires ${missing}. Add it to the scopes that your SDK requests, or request it with login({ scope }).`,
  );
}
