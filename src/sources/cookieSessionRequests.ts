import { SessionError } from '../core/errors.js';
import type { SourceContext } from '../core/sessionSource.js';
import type { Session } from '../core/types.js';
import { csrfHeaders } from './cookieSessionCsrf.js';
import { type CookieSessionOptions, readUser } from './cookieSessionOptions.js';
import { expectOk, readJsonOrNull } from './http.js';
import { httpError } from './jsonBody.js';

/** The requests to a server that keeps the session in a cookie. */
export interface CookieSessionRequests {
  getSession(context: SourceContext): Promise<Session | null>;
  /** Resolves if the server has accepted the request, or there is no session any more. */
  post(path: string, context: SourceContext): Promise<void>;
}

/** `signInPage`: the page to which the server may redirect a request without a session. */
export function cookieSessionRequests(
  { me, readSession = readUser, signedOut, csrf, headers, credentials }: CookieSessionOptions,
  signInPage: string | undefined,
): CookieSessionRequests {
  function send(path: string, { fetch, signal }: SourceContext, init?: RequestInit) {
    return fetch(path, {
      credentials: credentials ?? 'same-origin',
      signal,
      ...init,
      // Many frameworks answer 401 to a request for JSON, and a redirect to any other.
      headers: { Accept: 'application/json', ...headers, ...init?.headers },
    });
  }

  async function getSession(context: SourceContext): Promise<Session | null> {
    const response = await send(me, context);
    if (isAt(signInPage, response)) return null;
    const answer = await readJsonOrNull(response, signedOut);
    return answer && readSession(answer, context);
  }

  async function post(path: string, context: SourceContext): Promise<void> {
    const sendOnce = async (): Promise<Response> =>
      send(path, context, { method: 'POST', headers: await csrfHeaders(csrf, context) });
    let response = await sendOnce();
    if (isRefusal(response)) {
      // The session has ended, or the token against CSRF is stale. Reading tells, and may bring a new token.
      if (!(await getSession(context))) return;
      response = await sendOnce();
      if (isRefusal(response)) throw refused(path, response.status);
    }
    await expectOk(response);
  }

  return { getSession, post };
}

/** A server that renders its pages redirects to the sign-in page, which then arrives with status 200. */
function isAt(page: string | undefined, { redirected, url }: Response): boolean {
  return (
    page !== undefined &&
    redirected &&
    withoutQuery(new URL(page, url)) === withoutQuery(new URL(url))
  );
}

function withoutQuery({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/$/, '');
}

/** For example 401, 403, 419 (Laravel) or 422 (Rails). Other failures are temporary. */
function isRefusal({ status }: Response): boolean {
  return status >= 400 && httpError(status).code === 'ERR_BAD_RESPONSE';
}

function refused(path: string, status: number): SessionError {
  return new SessionError(
    'ERR_BAD_RESPONSE',
    `The server answered POST ${path} with HTTP ${status}, although a user is signed in. Check the path, and the csrf option of cookieSession().`,
  );
}
