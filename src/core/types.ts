/** A point in time: ms since the epoch, in server time. */
export type Instant = number;

/** A length of time: `'90s'`, `'15m'`, `'8h'`, `'30d'`, or a bare number of milliseconds. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/**
 * The claims of a user: the standard claims of OpenID Connect Core §5.1 that are strings, and any others. A
 * standard claim that is not a string is left out.
 * @example
 * declare module 'session-clock' {
 *   interface UserClaims {
 *     tenant: string; // claims of your own
 *   }
 * }
 */
export interface UserClaims {
  /** Identifies the user at the provider. */
  sub: string;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  preferred_username?: string;
  email?: string;
  picture?: string;
  locale?: string;
  [claim: string]: unknown;
}

/** The user who is signed in, and the dates of the sign-in. Plain data. */
export interface Session {
  user: UserClaims;
  /** When the session began (epoch ms). */
  startedAt?: Instant;
  /**
   * When the session ends according to the source (epoch ms). Absent: unknown. It is a fixed end; without
   * `idleExpiresAt`, it is the idle end if the source has `extend()` and the policy is not `absolute`.
   */
  expiresAt?: Instant;
  /** When the session ends unless it is extended, in addition to a fixed `expiresAt` (epoch ms). Absent: unknown. */
  idleExpiresAt?: Instant;
  /** When the user last authenticated (epoch ms; OpenID Connect `auth_time`). */
  authenticatedAt?: Instant;
  /** The authentication context class (OpenID Connect `acr`). */
  acr?: string;
}

/** A token for requests to an API. The client keeps it in memory only. */
export interface AccessToken {
  /** The token without its scheme, for the `Authorization` header: visible ASCII characters. */
  value: string;
  /**
   * When the token expires (epoch ms). Absent: `exp` and `iat` of a JWT are used (RFC 7519 §4.1); without
   * `exp`, the token is not refreshed before a 401.
   */
  expiresAt?: Instant;
  /** When the token was issued (epoch ms). Absent: unknown. */
  issuedAt?: Instant;
  /** How long before its expiry the source can refresh the token (ms). Default: at any time. */
  refreshableWithin?: number;
  audience?: string;
  scope?: string;
  /** Default: `'Bearer'` (RFC 6750). */
  tokenType?: 'Bearer' | 'DPoP';
  /** The `sub` of the token's user, if the source knows it; a token of another user is refused. */
  sub?: string;
}

/** Selects an access token. Default: the source's default token. */
export interface AccessTokenRequest {
  audience?: string;
  scope?: string;
  params?: RequestParams;
}

/**
 * Further parameters that a source passes to its provider, for example an organization, a template of a token
 * or an identity provider; the documentation of a source lists those that it accepts. Pass no secrets: the
 * parameters are part of the key of a token, which other tabs and the log receive.
 */
export type RequestParams = Readonly<Record<string, string>>;

/** Options of a sign-in. */
export interface LoginRequest {
  /** Default: a pop-up if the source supports it, else a redirect. */
  display?: 'redirect' | 'popup';
  /** The path of this origin to return to after a redirect. Any other address is refused with a `TypeError`. */
  returnTo?: string;
  /** OpenID Connect `prompt`. */
  prompt?: 'login' | 'none';
  /** The maximum age of the authentication (OpenID Connect `max_age`). */
  maxAge?: Duration;
  /** OpenID Connect `acr_values`. */
  acrValues?: string[];
  scope?: string;
  audience?: string;
  /** OpenID Connect `login_hint`. */
  loginHint?: string;
  params?: RequestParams;
}

/** Options of a sign-out. */
export interface LogoutRequest {
  /**
   * `'everywhere'` (default): the user is also signed out at the provider. `'here'`: only in this browser,
   * without a request: the source removes its credentials, and the session at the provider continues. It works
   * offline, and requires a source that has `clear()`.
   */
  scope?: 'everywhere' | 'here';
  /** Default: a pop-up if the source is configured for it, else a redirect. */
  display?: 'redirect' | 'popup';
  /** The path of this origin to return to after a redirect. Any other address is refused with a `TypeError`. */
  returnTo?: string;
  params?: RequestParams;
}

/** Why a session ended. */
export type EndReason =
  /** The user signed out in this tab. */
  | 'signed-out'
  /** The user was not active for the idle time of the policy or of the server. */
  | 'idle'
  /** The lifetime of the policy or of the server has passed. */
  | 'lifetime'
  /** The source, an event of the provider or `notifyRevoked()` ended the session. */
  | 'revoked'
  /** The source permanently refused a new access token. */
  | 'token-refresh-failed'
  /** The user signed out in another tab. */
  | 'signed-out-elsewhere';

/** When the source is asked whether the session still exists, in addition to the necessary requests. */
export interface CheckSessionOptions {
  /** How often, while the page is visible. Default: never. */
  every?: Duration;
  /** Whether it is asked when the page comes into view after a minute or more. Default `true`. */
  onFocus?: boolean;
}

/** How and when new access tokens are requested. */
export interface RefreshOptions {
  /** The part of a token's lifetime in which it is refreshed, at a random instant. Default `[0.5, 0.95]`. */
  window?: readonly [from: number, to: number];
  /** How long the source may take to answer. Default `'30s'`. */
  timeout?: Duration;
  /** How long a call waits while the source fails, before the call is rejected. Default `'10s'`. */
  maxWait?: Duration;
}

export interface GetAccessTokenOptions extends AccessTokenRequest {
  /** How long the token must stay valid. Default 10 s, at most 20 % of the token's lifetime. */
  minValidity?: Duration;
  /** Requests a new token even if the current one is valid. Default `false`. */
  forceRefresh?: boolean;
  /** A token that an API has refused; it is refreshed only if it is still the current one. */
  refused?: string;
  /**
   * `'wait'` (default): the call waits while the user signs in again, if a dialog or `onLoginRequired` can
   * ask the user. `'throw'`: it rejects at once.
   */
  onExpired?: 'wait' | 'throw';
  /** Cancels the call, which rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What an authentication of the user must meet. */
export type AuthRequirement = Pick<LoginRequest, 'maxAge' | 'acrValues'>;

/** What the user's authentication must meet before a critical action. */
export interface StepUpRequest extends AuthRequirement {
  /** Whether a new authentication is required even if the session meets the request, for example after a refusal of an API. Default `false`. */
  force?: boolean;
  /** As for `getAccessToken()`; `'throw'`: rejects at once if the user would have to sign in. */
  onExpired?: 'wait' | 'throw';
  /** Cancels the call, which rejects with the signal's reason. */
  signal?: AbortSignal;
}
