import { SessionError } from '../core/errors.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { Bearer, type BearerOptions } from './bearer.js';
import { type Refusal, readRefusal } from './challenge.js';
import { checkRequest, isFromHere, readOrigins } from './origins.js';
import { repeatable } from './repeatable.js';

export interface AuthFetchOptions extends BearerOptions {
  /**
   * Where the token may go, as `'https://api.example.com'`. A request to anywhere else is refused
   * with a `TypeError`. Default: the origin of the page.
   */
  origins?: readonly string[];
  /** What sends the requests. Default: the platform's, as it is at each call. */
  fetch?: typeof fetch;
}

/**
 * A `fetch` that bears the access token (RFC 6750 §2.1) and heeds what an API says of it. A token
 * that is refused is renewed, once for all whose calls bore it, and the call sent again, for the same
 * person; where the API wants a newer or stronger proof of identity (RFC 9470), they are asked for
 * that first. What this does not cure comes back as the API's own answer; a new token that is refused
 * is not renewed within ten seconds. A stream that is given as `init.body` is sent once. A call with
 * an `Authorization` of its own goes as it is. Tokens are sent as `Bearer`, not as `DPoP`.
 *
 * Throws a `TypeError` for an origin that is none. The calls reject as those of `fetch` do, and with
 * a `SessionError` where no token is to be had; `ERR_INSUFFICIENT_SCOPE` names the scope that the
 * API wants: no renewal would bring it.
 * @example
 * const apiFetch = createAuthFetch(client, { origins: ['https://api.example.com'] });
 * const notes = await (await apiFetch('https://api.example.com/notes')).json();
 */
export function createAuthFetch(
  client: SessionClient,
  options: AuthFetchOptions = {},
): typeof fetch {
  const origins = readOrigins(options.origins);
  const bearer = new Bearer(client, options);

  return async function authFetch(input, init) {
    const send = options.fetch ?? globalThis.fetch;
    const { first, again } = repeatable(input, init);
    checkRequest(first, origins);
    if (first.headers.has('Authorization')) return send(first);
    const { signal } = first;
    const met = new Set<Refusal['kind']>();
    const ownerBefore = bearer.owner;
    let token = await bearer.token(signal);
    const owner = ownerBefore ?? bearer.owner;
    for (let request = first; ; ) {
      request.headers.set('Authorization', `Bearer ${token}`);
      const response = await send(request);
      const refusal = isFromHere(response, origins) ? readRefusal(response) : null;
      if (refusal?.kind === 'insufficient-scope') throw insufficientScope(refusal.scope);
      if (!refusal || met.has(refusal.kind) || !bearer.isWorthAnother(refusal, token)) {
        return response;
      }
      met.add(refusal.kind);
      const another = bearer.another(refusal, token, owner, signal);
      // What cannot be sent again lets at least the next call fare better.
      const newer = await (again ? another : another.catch(() => token));
      if (!again || newer === token) return response;
      // Nobody reads it: its connection is free for the next.
      response.body?.cancel().catch(() => {});
      request = again();
      token = newer;
    }
  };
}

function insufficientScope(scope: string | undefined): SessionError {
  const missing = scope === undefined ? 'a scope that it does not name' : `the scope "${scope}"`;
  return new SessionError(
    'ERR_INSUFFICIENT_SCOPE',
    `The API wants ${missing}. Ask for it with login({ scope }), or have the provider grant it to this client.`,
  );
}
