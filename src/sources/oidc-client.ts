import { toMs } from '../core/duration.js';
import { SessionError } from '../core/errors.js';
import { readJwtClaims, readJwtDates, toInstant } from '../core/jwt.js';
import { checkReturnTo } from '../core/returnTo.js';
import type {
  AccessToken,
  AccessTokenRequest,
  LoginRequest,
  LogoutRequest,
  Session,
  SessionSource,
  SourceContext,
  SourceEvent,
} from '../core/types.js';
import { leavePage, watchWindow } from './navigation.js';
import { toOidcError } from './oidcErrors.js';

/** What is used of a `User` of oidc-client-ts. */
export interface OidcUser {
  readonly access_token: string;
  readonly id_token?: string | undefined;
  readonly refresh_token?: string | undefined;
  readonly token_type: string;
  readonly scope?: string | undefined;
  readonly profile: object & { readonly sub: string };
  readonly expires_in?: number | undefined;
  readonly expired: boolean | undefined;
  readonly state?: unknown;
}

type Listen<Callback> = (callback: Callback) => unknown;

/** What is used of a `UserManager` of oidc-client-ts 3; any object of this shape will do. */
export interface OidcUserManager {
  readonly settings: {
    readonly automaticSilentRenew: boolean;
    readonly silent_redirect_uri: string;
    readonly post_logout_redirect_uri?: string | undefined;
    readonly popup_post_logout_redirect_uri?: string | undefined;
  };
  readonly events: {
    addUserLoaded: Listen<(user: OidcUser) => void>;
    removeUserLoaded: Listen<(user: OidcUser) => void>;
    addUserUnloaded: Listen<() => void>;
    removeUserUnloaded: Listen<() => void>;
    addUserSignedOut: Listen<() => void>;
    removeUserSignedOut: Listen<() => void>;
  };
  getUser(): Promise<OidcUser | null>;
  // `never`: what it takes is a `User` of the SDK, and what it gets is what `getUser` gave.
  storeUser(user: never): Promise<void>;
  signinSilent(): Promise<OidcUser | null>;
  signinPopup(args: SigninArgs & PopupArgs & { popupAbortOnClose: boolean }): Promise<OidcUser>;
  signinRedirect(args: SigninArgs): Promise<void>;
  signinCallback(): Promise<OidcUser | undefined>;
  signoutPopup(args: SignoutArgs & PopupArgs & { popupWindowTarget: string }): Promise<void>;
  signoutRedirect(args: SignoutArgs): Promise<void>;
  signoutCallback(): Promise<unknown>;
  querySessionStatus(): Promise<unknown>;
}

interface SigninArgs {
  state?: unknown;
  prompt?: string;
  max_age?: number;
  acr_values?: string;
  scope?: string;
  login_hint?: string;
  extraQueryParams?: Record<string, string>;
}

interface SignoutArgs {
  state?: unknown;
}

interface PopupArgs {
  /** Gives the window up. */
  popupSignal: AbortSignal;
}

export interface OidcClientOptions {
  /**
   * Where the user store is empty, say after a reload with tokens in memory, ask the provider for a
   * running session in a hidden frame (`prompt=none`; needs `silent_redirect_uri`). Default `false`.
   */
  restoreSession?: boolean;
}

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
      return await ask(call);
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

    async getSession() {
      const user =
        (await ask(() => userManager.getUser())) ?? (restoreSession ? await restore() : null);
      return user && toSession(user);
    },

    async getAccessToken(request, context) {
      refuseOtherTokens(request);
      const user = await ask(() => userManager.getUser());
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
        return leavePage(() => ask(() => userManager.signinRedirect(args)), signal);
      }
      const popup = { popupAbortOnClose: true, popupSignal: signal };
      await load(() => userManager.signinPopup({ ...args, ...popup }));
    },

    async logout(request) {
      const user = await ask(() => userManager.getUser());
      try {
        await ask(() => signOut(userManager, request));
      } catch (error) {
        // The SDK forgets the user before it opens the window, and there was no sign-out.
        if (user) await ask(() => userManager.storeUser(user as never));
        throw error;
      }
    },

    subscribe(onEvent) {
      return listen(userManager, () => loads > 0, onEvent);
    },
  };
}

/**
 * The whole of the page at `redirect_uri`, for a pop-up, a hidden frame and a redirect alike, after
 * a sign-in and after a sign-out. After a redirect it goes to `returnTo` by `navigate`, by default
 * a new load of that page; with tokens in memory give it your router's.
 * @example
 * import { userManager } from './userManager';
 * await oidcCallback(userManager);
 */
export async function oidcCallback(
  userManager: OidcUserManager,
  { navigate = goTo }: { navigate?: (returnTo: string) => void } = {},
): Promise<void> {
  const answer = new URLSearchParams(globalThis.location.search);
  const isSignin = answer.has('code') || answer.has('error');
  const call: Promise<unknown> = isSignin
    ? userManager.signinCallback()
    : userManager.signoutCallback();
  const done: unknown = await ask(() => call);
  // In a pop-up or a frame nothing comes back: the page that opened it goes on.
  if (done || (!isSignin && !isChild())) navigate(readReturnTo(done));
}

/** After a sign-out of the whole page nothing comes back either, where the provider drops `state`. */
function isChild(): boolean {
  const { opener, parent, self } = globalThis as unknown as Partial<Window>;
  return Boolean(opener) || parent !== self;
}

function goTo(returnTo: string): void {
  globalThis.location.replace(returnTo);
}

/** What was stored may have been touched: it is checked again before the page goes there. */
function readReturnTo(answer: unknown): string {
  const { state, userState } = Object(answer) as { state?: unknown; userState?: unknown };
  // After a sign-out `state` is only the name of what was stored.
  const { returnTo } = Object(userState ?? state) as { returnTo?: string };
  checkReturnTo(returnTo);
  return returnTo ?? '/';
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

async function ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw toOidcError(error);
  }
}

/** In a pop-up where the app has a page for it, as a pop-up that nobody expects is a nuisance. */
async function signOut(
  userManager: OidcUserManager,
  { display, returnTo }: LogoutRequest,
): Promise<void> {
  const { popup_post_logout_redirect_uri: own, post_logout_redirect_uri } = userManager.settings;
  const isPopup = own !== undefined && own !== post_logout_redirect_uri;
  if ((display ?? (isPopup ? 'popup' : 'redirect')) === 'redirect') {
    return userManager.signoutRedirect({ state: { returnTo } });
  }
  const closed = new AbortController();
  const popupWindowTarget = `sign-out-${Date.now()}`;
  const done = userManager.signoutPopup({ popupWindowTarget, popupSignal: closed.signal });
  // The SDK does not look whether it was closed. By its name the window is found, not opened.
  const stop = watchWindow(open('', popupWindowTarget), () => closed.abort('Popup closed by user'));
  return done.finally(stop);
}

function listen(
  userManager: OidcUserManager,
  isOurLoad: () => boolean,
  onEvent: (event: SourceEvent) => void,
): () => void {
  const { events } = userManager;
  const onLoaded = (user: OidcUser): void => {
    if (!isOurLoad()) onEvent({ type: 'session', session: toSession(user) });
  };
  const onUnloaded = (): void => {
    onEvent({ type: 'session', session: null });
  };
  const onSignedOut = (): void => {
    // The session monitor says "signed out" for every error too: only the provider's word counts.
    userManager.querySessionStatus().catch((error: unknown) => {
      if (toOidcError(error).code === 'ERR_LOGIN_REQUIRED') onEvent({ type: 'revoked' });
    });
  };
  events.addUserLoaded(onLoaded);
  events.addUserUnloaded(onUnloaded);
  events.addUserSignedOut(onSignedOut);
  return () => {
    events.removeUserLoaded(onLoaded);
    events.removeUserUnloaded(onUnloaded);
    events.removeUserSignedOut(onSignedOut);
  };
}

/** Claims of the ID token itself, not of the person; some change with every refresh. */
const protocolClaims = new Set(
  'iss aud exp iat nbf jti nonce azp at_hash c_hash s_hash auth_time acr amr sid typ'.split(' '),
);

function toSession(user: OidcUser): Session {
  const { sub } = user.profile;
  const personal = Object.entries(user.profile).filter(([claim]) => !protocolClaims.has(claim));
  // oidc-client-ts takes these two out of the profile.
  const { auth_time, acr } = user.id_token ? readJwtClaims(user.id_token) : {};
  const authenticatedAt = toInstant(auth_time);
  return {
    user: { ...Object.fromEntries(personal), sub },
    ...(authenticatedAt !== undefined && { authenticatedAt }),
    ...(typeof acr === 'string' && { acr }),
  };
}

function toAccessToken(user: OidcUser, { now }: SourceContext): AccessToken {
  const { access_token, expires_in, scope, token_type } = user;
  const { issuedAt, expiresAt = Number.POSITIVE_INFINITY } = readJwtDates(access_token);
  // The stored `expires_in` goes by the device's clock, which may have been set since.
  const end =
    expires_in === undefined ? expiresAt : Math.min(now() + expires_in * 1_000, expiresAt);
  return {
    value: access_token,
    tokenType: token_type.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer',
    ...(Number.isFinite(end) && { expiresAt: end }),
    ...(issuedAt !== undefined && { issuedAt }),
    ...(scope !== undefined && { scope }),
  };
}

function toSigninArgs(request: LoginRequest): SigninArgs {
  const { returnTo, prompt, maxAge, acrValues, scope, audience, loginHint } = request;
  return {
    state: { returnTo },
    ...(prompt !== undefined && { prompt }),
    ...(maxAge !== undefined && { max_age: maxAge === 0 ? 0 : toMs(maxAge, 'maxAge') / 1_000 }),
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
