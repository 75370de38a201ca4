type Fields = Record<string, unknown>;

/** The answer of `getTokenSilently()` with `detailedResponse`. */
export interface Auth0Token {
  readonly access_token: string;
  readonly id_token: string;
  /** The lifetime at the time of the request, also in an answer from the SDK's cache (s). */
  readonly expires_in: number;
  readonly scope?: string | undefined;
  readonly token_type?: string | undefined;
}

/** The claims of the ID token. */
export type Auth0Claims = Fields & { readonly sub?: string | undefined };

/** The part of an `Auth0Client` of auth0-spa-js 2 that is used; any object of this shape is accepted. */
export interface Auth0SpaClient {
  getConfiguration(): { readonly domain: string; readonly clientId: string };
  getIdTokenClaims(): Promise<Auth0Claims | undefined>;
  getUser(): Promise<Auth0Claims | undefined>;
  getTokenSilently(options: {
    cacheMode: 'off' | 'cache-only';
    detailedResponse: true;
    authorizationParams: Record<string, string>;
  }): Promise<Auth0Token | undefined>;
  loginWithPopup(
    options: { authorizationParams: Fields },
    config: { popup: Window; timeoutInSeconds: number },
  ): Promise<void>;
  loginWithRedirect(options: { authorizationParams: Fields; appState: unknown }): Promise<void>;
  handleRedirectCallback(): Promise<{ appState?: unknown }>;
  logout(options: { openUrl?: false; logoutParams?: Record<string, string> }): Promise<void>;
}

/** Throws a `TypeError` unless `client` has the methods that are used. */
export function checkAuth0Client(client: Auth0SpaClient): void {
  if (typeof client?.getTokenSilently === 'function') return;
  throw new TypeError(
    'auth0Spa() needs an Auth0Client of @auth0/auth0-spa-js 2. Pass it as auth0Spa(new Auth0Client({ … })); createAuth0Client() returns a promise of one.',
  );
}
