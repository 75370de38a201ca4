import { SessionError } from '../core/errors.js';
import type { SessionSource, SourceLoginRequest } from '../core/sessionSource.js';
import type { AccessTokenRequest, Session } from '../core/types.js';
import { untilUserReturns } from './navigation.js';
import { withOidcErrors } from './oidcErrors.js';
import { subscribeToUserManager } from './oidcEvents.js';
import { keepUser } from './oidcKeepUser.js';
import { signOut } from './oidcSignOut.js';
import { toAccessToken, toSession } from './oidcUser.js';
import {
  type OidcUser,
  type OidcUserManager,
  oidcSourceName,
  type SigninArgs,
} from './oidcUserManager.js';
import { isUserShared, refreshTokenEnd } from './refreshTokenEnd.js';

export { type OidcCallbackOptions, oidcCallback } from './oidcCallback.js';
export type { OidcUser, OidcUserManager } from './oidcUserManager.js';

export interface OidcClientOptions {
  /**
   * Whether to ask the provider for an existing session, in a hidden frame, if the user store is
   * empty, for example after a reload with tokens in memory (`prompt=none`; needs
   * `silent_redirect_uri`), or if the stored refresh token has ended. Default `false`.
   */
  restoreSession?: boolean;
}

/** In Chromium, a write of one tab to `localStorage` may become visible in another tab late (ms). */
const storageDelay = 500;

/**
 * A source for the `UserManager` of oidc-client-ts. Throws a `TypeError` unless its
 * `automaticSilentRenew` is `false`, because this package refreshes instead.
 *
 * If the refresh token is a JWT with `exp`, as Keycloak's is, its end is the session's `idleExpiresAt`: the
 * session ends then unless a refresh moves it. In Keycloak (`refresh_expires_in`) it is the end of the idle
 * time, or the longest lifetime of the session if that is sooner. This needs the user in `localStorage`, or
 * `restoreSession`, because the end of one tab's own refresh token says nothing about the other tabs. An
 * opaque refresh token states no end: oidc-client-ts drops `refresh_expires_in` of the answer.
 * @see https://authts.github.io/oidc-client-ts/
 * @example
 * const userManager = new UserManager({ …, automaticSilentRenew: false });
 * const source = oidcClient(userManager);
 */
export function oidcClient(
  userManager: OidcUserManager,
  { restoreSession = false }: OidcClientOptions = {},
): SessionSource {
  checkUserManager(userManager);
  /** The number of running calls of this source that load a user; their events are ignored. */
  let runningLoads = 0;
  /** Of the running refresh: the former end of the session, and whether its result still counts. */
  let refresh: { former: OidcUser; signal: AbortSignal } | null = null;
  const statesEnd = restoreSession || isUserShared(userManager);

  async function load<Result>(call: () => Promise<Result>): Promise<Result> {
    runningLoads++;
    try {
      return await withOidcErrors(call);
    } finally {
      runningLoads--;
    }
  }

  async function restore(): Promise<OidcUser | null> {
    try {
      return await load(() => userManager.signinSilent({ forceIframeAuth: true }));
    } catch (error) {
      if (error instanceof SessionError && error.code === 'ERR_LOGIN_REQUIRED') return null;
      throw error;
    }
  }

  /** A load of this source is no change, except for a refresh that has moved the end of the session. */
  function readLoad(user: OidcUser): Session | null {
    const session = toSession(user, statesEnd);
    const hasMoved =
      refresh?.signal.aborted === false &&
      session.idleExpiresAt !== toSession(refresh.former, statesEnd).idleExpiresAt;
    return runningLoads === 0 || hasMoved ? session : null;
  }

  return {
    name: oidcSourceName(userManager),
    storageDelay,

    async getSession({ now }) {
      let user = await withOidcErrors(() => userManager.getUser());
      // Without a restored session, a passed end is stated as it is: the core compares it with the server's time.
      const isUsable = user && (refreshTokenEnd(user) ?? Number.POSITIVE_INFINITY) > now();
      if (restoreSession && !isUsable) user = await restore();
      return user && toSession(user, statesEnd);
    },

    async getAccessToken(request, context) {
      rejectOtherTokens(request);
      const user = await withOidcErrors(() => userManager.getUser());
      if (!user) throw missingUser();
      if (!context.forceRefresh && user.expired === false) return toAccessToken(user, context);
      if (!user.refresh_token && !userManager.settings.silent_redirect_uri) throw noRefreshToken();
      refresh = { former: user, signal: context.signal };
      const refreshed = await load(() => userManager.signinSilent()).finally(() => {
        refresh = null;
      });
      if (!refreshed) throw missingUser();
      return toAccessToken(refreshed, context);
    },

    async login(request, { signal, whenQuiet }) {
      if (request.display === 'redirect') {
        const returnTo = request.returnTo ?? currentPage(userManager.settings.redirect_uri);
        const args = toSigninArgs({ ...request, returnTo });
        // The SDK resolves as soon as the page is shown again, even after "back".
        const redirect = withOidcErrors(() => userManager.signinRedirect(args));
        return (await Promise.all([redirect, untilUserReturns(signal)]))[1];
      }
      const popup = { popupAbortOnClose: true, popupSignal: signal };
      const args = { ...toSigninArgs(request), ...popup };
      const user = await load(() => userManager.signinPopup(args));
      await whenQuiet(() => withOidcErrors(() => keepUser(userManager, user)));
    },

    async logout(request) {
      const user = await withOidcErrors(() => userManager.getUser());
      try {
        await withOidcErrors(() => signOut(userManager, request));
      } catch (error) {
        // The SDK removes the user before it opens the window; without a sign-out, restore the user.
        if (user) await withOidcErrors(() => userManager.storeUser(user as never));
        throw error;
      }
    },

    // Without a request: its tokens are not revoked at the provider, where the session may go on.
    clear: () => withOidcErrors(() => userManager.removeUser()),

    subscribe(onEvent) {
      return subscribeToUserManager(userManager, readLoad, onEvent);
    },
  };
}

function checkUserManager(userManager: OidcUserManager): void {
  if (typeof userManager?.getUser !== 'function' || !userManager.settings) {
    throw new TypeError(
      'oidcClient() needs a UserManager of oidc-client-ts. Pass it as oidcClient(new UserManager({ … })).',
    );
  }
  if (userManager.settings.automaticSilentRenew) {
    throw new TypeError(
      'oidcClient() needs a UserManager with automaticSilentRenew: false. session-clock refreshes instead; if both refresh, one refresh token is used twice.',
    );
  }
}

/** The page that the user sees; the start page if it is the page at `redirect_uri`. */
function currentPage(redirectUri: string): string {
  const { pathname, search, hash } = location;
  if (new URL(redirectUri).pathname === pathname || pathname.startsWith('//')) return '/';
  // A backslash is refused in `returnTo`, because browsers read it as a slash.
  return (pathname + search + hash).replaceAll('\\', '%5C');
}

function toSigninArgs(request: SourceLoginRequest): SigninArgs {
  const { returnTo, prompt, maxAge, acrValues, scope, audience, loginHint, params } = request;
  return {
    state: { returnTo },
    extraQueryParams: { ...params, ...(audience !== undefined && { audience }) },
    ...(prompt !== undefined && { prompt }),
    ...(maxAge !== undefined && { max_age: maxAge / 1_000 }),
    ...(acrValues !== undefined && { acr_values: acrValues.join(' ') }),
    ...(scope !== undefined && { scope }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  };
}

function rejectOtherTokens({ audience, scope, params }: AccessTokenRequest): void {
  if (audience === undefined && scope === undefined && params === undefined) return;
  throw new SessionError(
    'ERR_NOT_SUPPORTED',
    'A UserManager has one access token, so this request for another audience, scope or params was not sent. Create a second UserManager with its own <SessionProvider> for it.',
  );
}

function missingUser(): SessionError {
  return new SessionError(
    'ERR_MISSING_SESSION',
    'The UserManager has no user: the user was removed outside session-clock. Sign in again.',
  );
}

function noRefreshToken(): SessionError {
  return new SessionError(
    'ERR_MISSING_REFRESH_TOKEN',
    'The UserManager has no refresh token. Request the scope offline_access or configure silent_redirect_uri; until then the user must sign in again.',
  );
}
