import { SessionError } from '../core/errors.js';
import { given } from '../core/given.js';
import type { SessionClient } from '../core/sessionClient.js';
import { stepUp } from '../core/stepUp.js';
import type { GetAccessTokenOptions } from '../core/types.js';
import { type Refusal, readRefusal } from './challenge.js';
import { checkUrl, readOrigins } from './origins.js';
import { repeatable } from './repeatable.js';

/** One as it is, one after a renewal, one after a sign-in. */
const mostAttempts = 3;

export interface AuthFetchOptions
  extends Pick<GetAccessTokenOptions, 'audience' | 'scope' | 'minValidity' | 'onExpired'> {
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
 * that is refused is renewed, once for all whose calls bore it, and the call sent again; where the
 * API wants a newer or stronger proof of identity (RFC 9470), the person is asked for that first.
 * What this does not cure comes back as the API's own answer. A body that is a stream is sent once;
 * a call with an `Authorization` of its own goes as it is.
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
  const { audience, scope, minValidity, onExpired } = options;
  const origins = readOrigins(options.origins);
  const wanted = given({ audience, scope });
  const asked = { ...wanted, ...given({ minValidity, onExpired }) };

  /** A token that may fare better than the one which was refused. */
  async function renew(refusal: Refusal, isCurrent: boolean, signal: AbortSignal): Promise<string> {
    if (isCurrent && refusal.kind === 'step-up') {
      const { acrValues, maxAge } = refusal;
      await stepUp(client, { ...given({ acrValues, maxAge, onExpired }), force: true, signal });
    }
    const forceRefresh = isCurrent && refusal.kind === 'invalid-token';
    return client.getAccessToken({ ...asked, forceRefresh, signal });
  }

  return async function authFetch(input, init) {
    const send = options.fetch ?? globalThis.fetch;
    const next = repeatable(input, init);
    let request = next();
    checkUrl(request.url, origins);
    if (request.headers.has('Authorization')) return send(request);
    const { signal } = request;
    const cured = new Set<Refusal['kind']>();
    let token = await client.getAccessToken({ ...asked, signal });
    for (let attempt = 1; ; attempt++) {
      request.headers.set('Authorization', `Bearer ${token}`);
      const response = await send(request);
      const refusal = readRefusal(response);
      if (refusal?.kind === 'insufficient-scope') throw insufficientScope(refusal.scope);
      if (!refusal || attempt === mostAttempts || !next.canRepeat) return response;
      // Of a token that others have renewed meanwhile there is nothing to be cured.
      const isCurrent = client.peekAccessToken(wanted) === token;
      if (isCurrent && cured.has(refusal.kind)) return response;
      if (isCurrent) cured.add(refusal.kind);
      const newer = await renew(refusal, isCurrent, signal);
      if (newer === token) return response;
      // Nobody reads it: its connection is free for the next.
      void response.body?.cancel();
      request = next();
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
