/** The part of a `User` of oidc-client-ts that is used. */
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

/** The part of a `UserManager` of oidc-client-ts 3 that is used; any object of this shape is accepted. */
export interface OidcUserManager {
  readonly settings: {
    readonly authority: string;
    readonly client_id: string;
    readonly automaticSilentRenew: boolean;
    readonly redirect_uri: string;
    readonly silent_redirect_uri: string;
    readonly post_logout_redirect_uri?: string | undefined;
    readonly popup_post_logout_redirect_uri?: string | undefined;
    readonly userStore?: unknown;
  };
  readonly events: {
    addUserLoaded: Listen<(user: OidcUser) => void>;
    removeUserLoaded: Listen<(user: OidcUser) => void>;
    addUserUnloaded: Listen<() => void>;
    removeUserUnloaded: Listen<() => void>;
    addUserSignedOut: Listen<() => void>;
    removeUserSignedOut: Listen<() => void>;
  };
  readonly metadataService: { getEndSessionEndpoint(): Promise<string | undefined> };
  getUser(): Promise<OidcUser | null>;
  removeUser(): Promise<void>;
  // `never`: the SDK expects its own `User`; it gets the value that `getUser` returned.
  storeUser(user: never): Promise<void>;
  signinSilent(args?: { forceIframeAuth: boolean }): Promise<OidcUser | null>;
  signinPopup(args: SigninArgs & PopupArgs & { popupAbortOnClose: boolean }): Promise<OidcUser>;
  signinRedirect(args: SigninArgs): Promise<void>;
  signinCallback(): Promise<OidcUser | undefined>;
  signoutPopup(args: SignoutArgs & PopupArgs & { popupWindowTarget: string }): Promise<void>;
  signoutRedirect(args: SignoutArgs): Promise<void>;
  signoutCallback(): Promise<unknown>;
  querySessionStatus(): Promise<unknown>;
}

export interface SigninArgs {
  state?: unknown;
  prompt?: string;
  max_age?: number;
  acr_values?: string;
  scope?: string;
  login_hint?: string;
  extraQueryParams?: Record<string, string>;
}

export interface SignoutArgs {
  state?: unknown;
  extraQueryParams?: Record<string, string>;
}

export interface PopupArgs {
  /** Closes the pop-up. */
  popupSignal: AbortSignal;
}

/** Two apps of one origin must not share their sign-ins. */
export function oidcSourceName({ settings }: OidcUserManager): string {
  return `oidc-client ${settings.authority} ${settings.client_id}`;
}
