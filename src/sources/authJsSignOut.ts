import { SessionError } from '../core/errors.js';
import { readJson } from './http.js';
import type { Connection } from './sharedCookie.js';

/** Signs the user out at the routes of Auth.js below `base`. Rejects if the session may still exist. */
export async function authJsSignOut(base: string, context: Connection): Promise<void> {
  // Two tabs without the cookie against CSRF get two tokens, of which only the later one is valid.
  if ((await post(base, context)) || (await post(base, context))) return;
  throw new SessionError(
    'ERR_BAD_RESPONSE',
    `Auth.js refused POST ${base}/signout for its token against CSRF. Check the cookies of this origin, and the url of Auth.js on the server.`,
  );
}

/** Returns whether the server has accepted the token against CSRF. */
async function post(base: string, { fetch, signal }: Connection): Promise<boolean> {
  const { csrfToken } = await readJson(await fetch(`${base}/csrf`, { signal }));
  const response = await fetch(`${base}/signout`, {
    method: 'POST',
    signal,
    // The header of version 5 and the field `json` of version 4: an address instead of a redirect.
    headers: { 'X-Auth-Return-Redirect': '1' },
    body: new URLSearchParams({ csrfToken: String(csrfToken), callbackUrl: '/', json: 'true' }),
  });
  const { url } = await readJson(response);
  return !/[?&](csrf=true|error=)/.test(String(url));
}
