import { needsLogin, SessionError } from '../core/errors.js';
import { readJwtClaims, readJwtDates, toInstant } from '../core/jwt.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionSource, SourceContext } from '../core/sessionSource.js';
import type { AccessToken, Session } from '../core/types.js';
import {
  type Auth0Claims,
  type Auth0SpaClient,
  type Auth0Token,
  checkAuth0Client,
} from './auth0SpaClient.js';
import { withAuth0Errors } from './auth0SpaErrors.js';
import { openAuth0Popup } from './auth0SpaPopup.js';
import { toAuthorizationParams } from './authorizationParams.js';
import { readCookie } from './cookies.js';
import { currentPath } from './currentPath.js';
import { untilUserReturns } from './navigation.js';

export { type Auth0SpaCallbackOptions, auth0SpaCallback } from './auth0SpaCallback.js';
export type { Auth0Claims, Auth0SpaClient, Auth0Token } from './auth0SpaClient.js';

export interface Auth0SpaOptions {
  /**
   * Whether to ask Auth0 for an existing session if the SDK has no user, for example after a reload with tokens
   * in memory, unless the user has signed out in this browser. Default `true`.
   */
  restoreSession?: boolean;
}

/** In Chromium, a write of one tab to `localStorage` or a cookie may become visible in another tab late (ms). */
const storageDelay = 500;

/** The SDK ends a session this long before its `session_expiry` (ms). */
const ceilingLeeway = 30_000;

/**
 * A source for the `Auth0Client` of @auth0/auth0-spa-js 2. Throws a `TypeError` for anything else.
 *
 * If the ID token has the claim `session_expiry`, the session ends then, less the SDK's 30 s. If it has
 * `auth_time`, which Auth0 adds for a request with `max_age`, an ended session stays ended after a reload.
 * @see https://auth0.github.io/auth0-spa-js/
 * @example
 * const client = new Auth0Client({ domain, clientId, authorizationParams: { redirect_uri, audience } });
 * const source = auth0Spa(client);
 */
export function auth0Spa(
  client: Auth0SpaClient,
  { restoreSession = true }: Auth0SpaOptions = {},
): SessionSource {
  checkAuth0Client(client);
  const { domain, clientId } = client.getConfiguration();

  /** The session that the SDK knows, without a request. */
  async function knownSession(): Promise<Session | null> {
    const claims = await client.getIdTokenClaims();
    return claims ? toSession(claims, await client.getUser()) : null;
  }

  // Not `checkSession()`: it swallows every error.
  function requestToken(
    authorizationParams: Record<string, string>,
    cacheMode: 'off' | 'cache-only',
  ): Promise<Auth0Token | undefined> {
    const options = { authorizationParams, cacheMode, detailedResponse: true } as const;
    return withAuth0Errors(() => client.getTokenSilently(options), true);
  }

  async function restore(): Promise<void> {
    try {
      await requestToken({}, 'off');
    } catch (error) {
      const isStepUp = error instanceof SessionError && error.code === 'ERR_STEP_UP_REQUIRED';
      if (!needsLogin(error) && !isStepUp) throw error;
    }
  }

  return {
    // Two apps of one origin must not share their sign-ins.
    name: `auth0-spa ${domain} ${clientId}`,
    storageDelay,

    async getSession() {
      const session = await knownSession();
      // The SDK's own mark: set by a sign-in, removed by a sign-out and at the end of the session.
      const mayExist = restoreSession && readCookie(`auth0.${clientId}.is.authenticated`);
      if (session || !mayExist) return session;
      await restore();
      return knownSession();
    },

    async getAccessToken({ audience, scope, params }, context) {
      if (params) throw noParams();
      const selection = omitUndefined({ audience, scope });
      const cached = context.forceRefresh ? undefined : await requestToken(selection, 'cache-only');
      // The remaining life of a cached token is known only from its own `exp`.
      if (cached && readJwtDates(cached.access_token).expiresAt) {
        return { ...toAccessToken(cached, context), ...selection };
      }
      const token = await requestToken(selection, 'off');
      if (!token) throw ceilingReached();
      return { ...toAccessToken(token, context), ...selection };
    },

    async login(request, { signal, whenQuiet }) {
      const authorizationParams = toAuthorizationParams(request);
      if (request.display === 'redirect') {
        const appState = { returnTo: request.returnTo ?? currentPath() };
        const redirect = withAuth0Errors(() =>
          client.loginWithRedirect({ authorizationParams, appState }),
        );
        return (await Promise.all([redirect, untilUserReturns(signal)]))[1];
      }
      const { sub } = await openAuth0Popup(client, authorizationParams, signal);
      await whenQuiet(async () => {
        const stored = await client.getIdTokenClaims();
        if (!stored || stored.sub === sub) return;
        // The late answer to a refresh of the former user; the SDK cannot store the new user again.
        await client.logout({ openUrl: false });
        throw replaced();
      });
    },

    async logout({ returnTo = '', params }) {
      const logoutParams = { ...params, returnTo: location.origin + returnTo };
      await withAuth0Errors(() => client.logout({ logoutParams }));
    },

    // Without a request: the session at Auth0 goes on.
    clear: () => withAuth0Errors(() => client.logout({ openUrl: false })),
  };
}

function toSession(claims: Auth0Claims, user: Auth0Claims = {}): Session {
  const { sub, auth_time, acr, session_expiry } = claims;
  const { session_expiry: _removed, ...shown } = user;
  const ceiling = toInstant(session_expiry);
  return {
    user: { ...shown, sub: sub as string },
    ...omitUndefined({
      expiresAt: ceiling && ceiling - ceilingLeeway,
      authenticatedAt: toInstant(auth_time),
      acr: typeof acr === 'string' ? acr : undefined,
    }),
  };
}

/** Of an answer from the SDK's cache, `expires_in` is the original lifetime, so the sooner `exp` counts. */
function toAccessToken(
  { access_token, id_token, expires_in, scope, token_type }: Auth0Token,
  { now }: SourceContext,
): AccessToken {
  const { expiresAt = Number.POSITIVE_INFINITY, issuedAt } = readJwtDates(access_token);
  const end = Math.min(now() + expires_in * 1_000, expiresAt);
  return {
    value: access_token,
    tokenType: token_type?.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer',
    ...omitUndefined({
      expiresAt: Number.isFinite(end) ? end : undefined,
      issuedAt,
      scope,
      sub: readJwtClaims(id_token)['sub'] as string | undefined,
    }),
  };
}

function noParams(): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    'auth0-spa-js stores its tokens by audience and scope only, so this request with params was not sent. Pass the params to login() instead.',
  );
}

function ceilingReached(): SessionError {
  return new SessionError(
    'ERR_EXPIRED_SESSION',
    'The session has reached its maximum lifetime at Auth0 (session_expiry). Sign in again.',
  );
}

function replaced(): SessionError {
  return new SessionError(
    'ERR_USER_CHANGED',
    'A late answer for the former user has replaced the new sign-in, so both were removed. Sign in again.',
  );
}
