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
   * Headers for every request, for example the CSRF token of a cookie session. The function is called when a
   * request is sent. Headers of the call itself take precedence.
   */
  headers?: () => HeadersInit;
  /** The function that sends the requests. Default: `globalThis.fetch`, read at each call. */
  fetch?: typeof fetch;
}

/**
 * A `fetch` for the API calls of the signed-in user: it adds the access token (RFC 6750 §2.1) and handles
 * the API's `WWW-Authenticate` challenges. A refused token is refreshed once for all calls that used it, and
 * each call is repeated once, unless the user has changed. If the API requires a newer or stronger
 * authentication (RFC 9470), the user is asked for it before the call is repeated. If the API refuses the
 * repeated call too, the call resolves with that answer, and the new token is not refreshed within ten seconds.
 * A call with a stream as `init.body` is not repeated. A call with its own `Authorization` header is sent
 * without the token. Tokens are sent as `Bearer`, not as `DPoP`.
 *
 * If the source has no access tokens, the session's cookie authenticates the calls (`credentials:
 * 'include'`). After a 401, the source is asked whether the session still exists. If it does not, the user
 * is asked to sign in, and the call is repeated once, unless another user signs in.
 *
 * Throws a `TypeError` for an invalid origin. The calls reject as those of `fetch` do, with a `TypeError` for
 * another origin, and with a `SessionError` if no token can be obtained. `ERR_INSUFFICIENT_SCOPE` names the
 * scope that the API requires; a refresh would not add it.
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
