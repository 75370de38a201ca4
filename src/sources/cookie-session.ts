import type { SessionSource } from '../core/sessionSource.js';
import {
  type CookieSessionOptions,
  checkCookieSession,
  type SignInPage,
  type SignOutPage,
} from './cookieSessionOptions.js';
import { cookieSessionRequests } from './cookieSessionRequests.js';
import { sharedCookie } from './sharedCookie.js';
import { signInAt } from './signInPage.js';
import { withQuery } from './withQuery.js';

export type { CsrfOptions } from './cookieSessionCsrf.js';
export type { CookieSessionOptions, SignInPage, SignOutPage } from './cookieSessionOptions.js';

/**
 * A source for a server that keeps the session in a cookie, such as Django, Rails, Laravel, Express, Spring or a
 * backend-for-frontend (RFC 10017). The page has no access token: the cookie is sent with each request.
 * Throws a `TypeError` for an invalid option.
 *
 * If `logout` is a path, a session that the policy has ended is also ended on the server. Without it, or
 * without `startedAt` in the session, a reload restores the session.
 * @example
 * const source = cookieSession({
 *   me: '/api/me',
 *   extend: '/api/keep-alive',
 *   login: '/login',
 *   logout: '/logout',
 *   csrf: { header: 'X-CSRFToken', cookie: 'csrftoken' },
 * });
 */
export function cookieSession(options: CookieSessionOptions): SessionSource {
  checkCookieSession(options);
  const { me, extend, login, logout, readingExtends } = options;
  const signIn = toPage(login);
  const requests = cookieSessionRequests(options, signIn?.page);
  const { getSession, clear } = sharedCookie(requests.getSession, (context) =>
    requests.post(String(logout), context),
  );

  return {
    // Two apps of one origin must not share their sign-ins.
    name: `cookie-session ${me}`,
    getSession,
    ...(readingExtends && { readingExtends }),
    ...((extend !== undefined || readingExtends) && {
      extend: async (context) => {
        if (extend !== undefined) await requests.post(extend, context);
        return getSession(context);
      },
    }),
    ...(login && {
      login: signIn ? signInAt({ returnParam: 'next', ...signIn }) : login,
    }),
    ...(typeof logout === 'function' && { logout }),
    ...(typeof logout === 'object' && { logout: async (request) => openSignOut(logout, request) }),
    ...(typeof logout === 'string' && {
      async logout({ returnTo, params = {} }, context) {
        await requests.post(withQuery(logout, params), context);
        if (returnTo !== undefined) location.assign(returnTo);
      },
      clear,
    }),
  } as SessionSource;
}

function toPage(login: CookieSessionOptions['login']): SignInPage | undefined {
  if (typeof login === 'string') return { page: login };
  return typeof login === 'object' ? login : undefined;
}

function openSignOut(
  { page, returnParam = 'next' }: SignOutPage,
  { returnTo, params }: Parameters<NonNullable<SessionSource['logout']>>[0],
): void {
  const target = returnTo === undefined ? {} : { [returnParam]: returnTo };
  location.assign(withQuery(page, { ...params, ...target }));
}
