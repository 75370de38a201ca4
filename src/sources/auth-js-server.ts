import type { Session } from '../core/types.js';
import { type AuthJsCookieOptions, readSessionCookie, writeSessionCookie } from './authJsCookie.js';
import {
  type AuthJsHandler,
  createHandler,
  type IncomingRequest,
  type RouteAnswer,
  type RouteRequest,
  readRequest,
} from './authJsHandler.js';
import { type GrantedToken, type RefreshAccessToken, refusalOf } from './authJsRefresh.js';
import { type AuthJsToken, type SignInClaim, withGrant } from './authJsToken.js';

export type { AuthJsCookieOptions, AuthJsJwt } from './authJsCookie.js';
export type { AuthJsHandler, IncomingRequest, NodeResponse } from './authJsHandler.js';
export {
  type GrantedToken,
  type RefreshAccessToken,
  type RefreshGrantOptions,
  refreshGrant,
} from './authJsRefresh.js';
export { type AuthJsToken, keepSignIn, type SignInClaim } from './authJsToken.js';

// These functions run on the app's server. They do not import next-auth: the app passes what they need.

export interface AuthJsServerOptions extends AuthJsCookieOptions {
  /** Requests a new access token. Default: none, so an expired token requires a sign-in. */
  refresh?: RefreshAccessToken;
  /** The user that the page sees. Default: `sub`, `name`, `email` and `picture` of the session's JWT. */
  user?: (token: AuthJsToken) => { sub: string; [claim: string]: unknown };
}

/** Handlers for a route of the App Router (`export const GET`) or the Pages Router (`export default`). */
export interface AuthJsServerRoutes {
  /** Answers with the session and its end, or `null`. The session is not extended. */
  session: AuthJsHandler;
  /** Answers with the provider's access token, after a refresh if it has expired or with `?refresh=true`. */
  accessToken: AuthJsHandler;
  /** Returns the `initialSession` of a page. The session is not extended. */
  getSession: (request: IncomingRequest) => Promise<Session | null>;
}

/** A token is refreshed when it is valid for less than this time (s). */
const leastValidity = 1;

/**
 * Creates the two routes of `authJs({ routes })`, for sessions in a JWT (the default of Auth.js without a
 * database). A refreshed token is saved in the session's cookie; the end of the session is kept.
 * @example
 * import { decode, encode } from 'next-auth/jwt';
 * const secret = process.env.NEXTAUTH_SECRET ?? '';
 * export const { session, accessToken } = authJsRoutes({ decode, encode, secret, refresh });
 */
export function authJsRoutes(options: AuthJsServerOptions): AuthJsServerRoutes {
  const { refresh, user: toUser = defaultUser } = options;

  async function readSession({ cookies }: RouteRequest): Promise<Session | null> {
    const token = await readSessionCookie(cookies, options);
    if (!token) return null;
    const startedAt = token.signIn && token.signIn.at * 1_000;
    return {
      user: toUser(token),
      expiresAt: token.exp * 1_000,
      ...(startedAt !== undefined && { startedAt }),
    };
  }

  async function refreshToken(
    token: AuthJsToken,
    cookies: ReadonlyMap<string, string>,
    signIn: SignInClaim,
  ): Promise<RouteAnswer> {
    if (!refresh || !signIn.refresh_token)
      return { status: 401, body: { error: 'missing_refresh_token' } };
    let granted: GrantedToken;
    try {
      granted = await refresh(signIn.refresh_token);
    } catch (error) {
      return refusalOf(error);
    }
    const renewed = withGrant(token, granted);
    const setCookies = await writeSessionCookie(renewed, cookies, options);
    return { ...toTokenAnswer(renewed), setCookies };
  }

  function toTokenAnswer(token: AuthJsToken): RouteAnswer {
    const { access_token, expires_at, scope } = token.signIn ?? {};
    const expires_in = expires_at === undefined ? undefined : expires_at - Date.now() / 1_000;
    return {
      status: 200,
      body: { token: access_token, expires_in, scope, sub: toUser(token).sub },
    };
  }

  return {
    session: createHandler(async (request) => ({ status: 200, body: await readSession(request) })),
    getSession: (request) => readSession(readRequest(request)),

    accessToken: createHandler(async ({ cookies, searchParams }) => {
      const token = await readSessionCookie(cookies, options);
      if (!token) return { status: 401, body: { error: 'missing_session' } };
      const { signIn } = token;
      if (!signIn?.access_token) return { status: 401, body: { error: 'missing_refresh_token' } };
      const { expires_at = Number.POSITIVE_INFINITY } = signIn;
      const isValid = expires_at - Date.now() / 1_000 > leastValidity;
      if (isValid && !searchParams.has('refresh')) return toTokenAnswer(token);
      return refreshToken(token, cookies, signIn);
    }),
  };
}

function defaultUser({ sub, name, email, picture }: AuthJsToken): { sub: string } {
  return { sub: sub as string, ...{ name, email, picture } };
}
