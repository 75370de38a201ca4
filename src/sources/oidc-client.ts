import { toMsOrZero } from '../core/duration.js';
import { SessionError } from '../core/errors.js';
import type { AccessTokenRequest, LoginRequest, SessionSource } from '../core/types.js';
import { untilBack } from './navigation.js';
import { askOidc } from './oidcErrors.js';
import { listen } from './oidcEvents.js';
import { signOut } from './oidcSignOut.js';
import { toAccessToken, toSession } from './oidcUser.js';
import type { OidcUser, OidcUserManager, SigninArgs } from './oidcUserManager.js';

export { oidcCallback } from './oidcCallback.js';
export type { OidcUser, OidcUserManager } from './oidcUserManager.js';

export interface OidcClientOptions {
  /**
   * Where the user store is empty, say after a reload with tokens in memory, ask the provider for a
   * running session in a hidden frame (`prompt=none`; needs `silent_redirect_uri`). Default `false`.
   */
  restoreSession?: boolean;
}

/** What one tab writes to `localStorage`, another tab of Chromium may read late (ms). */
const storageDelay = 500;

/**
 * Sign-ins by the `UserManager` of oidc-client-ts. Its `automaticSilentRenew` must be off, as this
 * package refreshes instead: a `TypeError` says so.
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
  /** Calls of our own that load a user: that one was loaded is then no news. */
  let loads = 0;

  async function load<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    loads++;
    try {
      return await askOidc(call);
    } finally {
      loads--;
    }
  }

  async function restore(): Promise<OidcUser | null> {
    try {
      return await load(() => userManager.signinSilent());
    } catch (error) {
      if (error instanceof SessionError && error.code === 'ERR_LOGIN_REQUIRED') return null;
      throw error;
    }
  }

  return {
    name: 'oidc-client',
    storageDelay,

    async getSession() {
      const user =
        (await askOidc(() => userManager.getUser())) ?? (restoreSession ? await restore() : null);
      return user && toSession(user);
    },

    async getAccessToken(request, context) {
      refuseOtherTokens(request);
      const user = await askOidc(() => userManager.getUser());
      if (!user) throw signedOutElsewhere();
      if (!context.forceRefresh && user.expired === false) return toAccessToken(user, context);
      if (!user.refresh_token && !userManager.settings.silent_redirect_uri) throw noRefreshToken();
      const renewed = await load(() => userManager.signinSilent());
      if (!renewed) throw signedOutElsewhere();
      return toAccessToken(renewed, context);
    },

    async login(request, { signal }) {
      const args = toSigninArgs(request);
      if (request.display === 'redirect') {
        // The SDK takes it for done when the page is shown, be it by "back".
        const leave = askOidc(() => userManager.signinRedirect(args));
        return (await Promise.all([leave, untilBack(signal)]))[1];
      }
      const popup = { popupAbortOnClose: true, popupSignal: signal };
      await load(() => userManager.signinPopup({ ...args, ...popup }));
    },

    async logout(request) {
      const user = await askOidc(() => userManager.getUser());
      try {
        await askOidc(() => signOut(userManager, request));
      } catch (error) {
        // The SDK forgets the user before it opens the window, and there was no sign-out.
        if (user) await askOidc(() => userManager.storeUser(user as never));
        throw error;
      }
    },

    subscribe(onEvent) {
      return listen(userManager, () => loads > 0, onEvent);
    },
  };
}

function checkUserManager(userManager: OidcUserManager): void {
  if (typeof userManager?.getUser !== 'function' || !userManager.settings) {
    throw new TypeError('oidcClient() needs the UserManager of oidc-client-ts.');
  }
  if (userManager.settings.automaticSilentRenew) {
    throw new TypeError(
      'oidcClient() needs a UserManager with automaticSilentRenew: false. session-clock refreshes instead; two that refresh would use one refresh token twice.',
    );
  }
}

function toSigninArgs(request: LoginRequest): SigninArgs {
  const { returnTo, prompt, maxAge, acrValues, scope, audience, loginHint } = request;
  return {
    state: { returnTo },
    ...(prompt !== undefined && { prompt }),
    ...(maxAge !== undefined && { max_age: toMsOrZero(maxAge, 'maxAge') / 1_000 }),
    ...(acrValues !== undefined && { acr_values: acrValues.join(' ') }),
    ...(scope !== undefined && { scope }),
    ...(audience !== undefined && { extraQueryParams: { audience } }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  };
}

function refuseOtherTokens({ audience, scope }: AccessTokenRequest): void {
  if (audience === undefined && scope === undefined) return;
  throw new SessionError(
    'ERR_NOT_SUPPORTED',
    'A UserManager keeps one access token. For another audience or scope make a second UserManager, with a provider of its own.',
  );
}

function signedOutElsewhere(): SessionError {
  return new SessionError(
    'ERR_MISSING_SESSION',
    'The UserManager has no user any more: it was removed outside session-clock. Sign in again.',
  );
}

function noRefreshToken(): SessionError {
  return new SessionError(
    'ERR_MISSING_REFRESH_TOKEN',
    'There is no refresh token. Ask for the scope offline_access, or configure silent_redirect_uri; until then a person must sign in again.',
  );
}
