import { SessionError } from '../core/errors.js';
import type { LoginContext, SessionSource, SourceLoginRequest } from '../core/sessionSource.js';
import type { Session } from '../core/types.js';
import { toAuthorizationParams } from './authorizationParams.js';
import {
  type CookieSessionOptions,
  checkCookieSession,
  type SignInPage,
  type SignOutPage,
} from './cookieSessionOptions.js';
import { cookieSessionRequests } from './cookieSessionRequests.js';
import { currentPath } from './currentPath.js';
import { openPopup, untilUserReturns } from './navigation.js';

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
  const requests = cookieSessionRequests(options, toPage(login)?.page);
  let latest: Session | null = null;

  const getSession: SessionSource['getSession'] = async (context) => {
    latest = await requests.getSession(context);
    return latest;
  };

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
      login: signIn ? (request, context) => openSignIn(signIn, request, context) : login,
    }),
    ...(typeof logout === 'function' && { logout }),
    ...(typeof logout === 'object' && { logout: async (request) => openSignOut(logout, request) }),
    ...(typeof logout === 'string' && {
      async logout({ returnTo, params = {} }, context) {
        await requests.post(withQuery(logout, params), context);
        if (returnTo !== undefined) location.assign(returnTo);
      },
      async clear(_reason, context) {
        const ended = latest;
        const present = await getSession(context);
        // The cookie belongs to all tabs: another user may have signed in meanwhile.
        if (present && isSame(present, ended ?? present)) await requests.post(logout, context);
      },
    }),
  } as SessionSource;
}

function toPage(login: CookieSessionOptions['login']): SignInPage | undefined {
  if (typeof login === 'string') return { page: login };
  return typeof login === 'object' ? login : undefined;
}

async function openSignIn(
  { page, returnParam = 'next', popupReturn }: SignInPage,
  request: SourceLoginRequest,
  { signal }: LoginContext,
): Promise<void> {
  const { display = popupReturn === undefined ? 'redirect' : 'popup' } = request;
  const addressWith = (returnTo: string): string =>
    withQuery(page, { ...toAuthorizationParams(request), [returnParam]: returnTo });
  if (display === 'popup') {
    if (popupReturn === undefined) throw noPopup();
    return openPopup(addressWith(popupReturn), popupReturn, signal);
  }
  location.assign(addressWith(request.returnTo ?? currentPath()));
  return untilUserReturns(signal);
}

function openSignOut(
  { page, returnParam = 'next' }: SignOutPage,
  { returnTo, params }: Parameters<NonNullable<SessionSource['logout']>>[0],
): void {
  const target = returnTo === undefined ? {} : { [returnParam]: returnTo };
  location.assign(withQuery(page, { ...params, ...target }));
}

function withQuery(path: string, fields: Readonly<Record<string, string>>): string {
  const query = String(new URLSearchParams(fields));
  return (query && path + (path.includes('?') ? '&' : '?') + query) || path;
}

function isSame(one: Session, other: Session): boolean {
  return one.user.sub === other.user.sub && one.startedAt === other.startedAt;
}

function noPopup(): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    'This sign-in page opens no pop-up. Call login() without display: "popup", or set popupReturn in the login option of cookieSession().',
  );
}
