/** A point in time: milliseconds since the epoch, on the server's clock. */
export type Instant = number;

/** A length of time: `'90s'`, `'15m'`, `'8h'`, `'30d'`, or a bare number of milliseconds. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** Who is signed in, and what is known of the sign-in. Plain data. */
export interface Session {
  /** The user's claims; `sub` tells one user from another. */
  user: { sub: string; [claim: string]: unknown };
  /** When the session began (epoch ms). */
  startedAt?: Instant;
  /** When the source itself says that the session ends (epoch ms). Absent: the source does not say. */
  expiresAt?: Instant;
  /** When the user last authenticated (epoch ms; OpenID Connect `auth_time`). */
  authenticatedAt?: Instant;
  /** How the user authenticated (OpenID Connect `acr`). */
  acr?: string;
}

/** A token for calls to an API. It is kept in memory only. */
export interface AccessToken {
  /** What goes into the `Authorization` header. */
  value: string;
  /** When it expires (epoch ms). Absent: unknown; it is never refreshed before a 401. */
  expiresAt?: Instant;
  /** When it was issued (epoch ms). */
  issuedAt?: Instant;
  /** How long before its end the source can renew it (ms). Absent: at any time. */
  refreshableWithin?: number;
  audience?: string;
  scope?: string;
  /** Default: `'Bearer'` (RFC 6750). */
  tokenType?: 'Bearer' | 'DPoP';
  /** The `sub` of the user whose token it is, where the source knows it: another user's token is refused. */
  sub?: string;
}

/** Which access token is meant; without either field, the source's default one. */
export interface AccessTokenRequest {
  audience?: string;
  scope?: string;
}

/** What a source is given with every request. */
export interface SourceContext {
  /** Aborted on time-out, sign-out and unmount. */
  signal: AbortSignal;
  /** A cached answer will not do. */
  forceRefresh: boolean;
  /** The platform's `fetch`; it also sets our clock by the server's `Date` header. */
  fetch: typeof fetch;
  /** The server's time as far as it is known (epoch ms). */
  now(): Instant;
}

/** How the user is asked to sign in. */
export interface LoginRequest {
  /** Default: a pop-up where the source can, else a redirect. */
  display?: 'redirect' | 'popup';
  /** Where to come back to: a path of this origin. Anything else is refused with a `TypeError`. */
  returnTo?: string;
  /** OpenID Connect `prompt`. */
  prompt?: 'login' | 'none';
  /** How old the authentication may be (OpenID Connect `max_age`). */
  maxAge?: Duration;
  /** OpenID Connect `acr_values`. */
  acrValues?: string[];
  scope?: string;
  audience?: string;
  /** OpenID Connect `login_hint`. */
  loginHint?: string;
}

/** How the user is signed out. */
export interface LogoutRequest {
  /** Default: a redirect; a pop-up where the app has a page for that, and the source is configured for it. */
  display?: 'redirect' | 'popup';
  /** Where to come back to: a path of this origin. Anything else is refused with a `TypeError`. */
  returnTo?: string;
}

/** Why a session ended. */
export type EndReason =
  /** The user signed out in this tab. */
  | 'signed-out'
  /** Nobody was active for the idle time of the policy, or of the server. */
  | 'idle'
  /** The lifetime of the policy, or of the server, is over. */
  | 'lifetime'
  /** The source, or a message of the server, said that it is over. */
  | 'revoked'
  /** The source refused a new access token for good. */
  | 'token-refresh-failed'
  /** The user signed out in another tab. */
  | 'signed-out-elsewhere';

/** What a source says by itself. */
export type SourceEvent =
  /** Who is signed in now; `null`: nobody. */
  | { type: 'session'; session: Session | null }
  /** The provider ended the session. */
  | { type: 'revoked' };

/** A provider of sign-ins, as plain functions. */
export interface SessionSource {
  readonly name: string;
  /** Who is signed in. `null`: definitely nobody. Unsure: throw. */
  getSession(context: SourceContext): Promise<Session | null>;
  getAccessToken?(request: AccessTokenRequest, context: SourceContext): Promise<AccessToken>;
  login?(request: LoginRequest, context: SourceContext): Promise<void>;
  logout?(request: LogoutRequest, context: SourceContext): Promise<void>;
  /** Rolling sessions: touches the server, so that the session goes on. `null`: it is gone. */
  extend?(context: SourceContext): Promise<Session | null>;
  /** The session is over for this browser, in every tab: drop local credentials, so that a reload does not revive it. */
  clear?(reason: EndReason, context: SourceContext): Promise<void>;
  /** The provider's own events. Returns how to stop listening. */
  subscribe?(onEvent: (event: SourceEvent) => void): () => void;
  /** How long it may take until this tab sees what the SDK of another tab has stored. Default 0. */
  readonly storageDelay?: Duration;
}

/** How and when new access tokens are asked for. */
export interface RefreshOptions {
  /** The part of a token's life in which it is refreshed, at a random instant. Default `[0.5, 0.95]`. */
  window?: readonly [from: number, to: number];
  /** How long the source may take to answer. Default `'30s'`. */
  timeout?: Duration;
  /** How long a call waits while the source fails, before it rejects. Default `'10s'`. */
  maxWait?: Duration;
}

export interface GetAccessTokenOptions extends AccessTokenRequest {
  /** How long the token must stay valid. Default 10 s, and at most 20 % of the token's life. */
  minValidity?: Duration;
  /** The token in hand will not do, say after a 401. Default `false`. */
  forceRefresh?: boolean;
  /** The token that an API refused: it is refreshed only if it is still the current one. */
  refused?: string;
  /**
   * `'wait'` (default) holds the call while the user signs in again, as long as something on the
   * page can ask for it; `'throw'` rejects at once.
   */
  onExpired?: 'wait' | 'throw';
  /** Gives the call up; it rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What a sign-in must show of the user's authentication. */
export type AuthRequirement = Pick<LoginRequest, 'maxAge' | 'acrValues'>;

/** What is required of the user's authentication before a critical action. */
export interface StepUpRequest extends AuthRequirement {
  /** Ask for it even if the session meets it, say because an API has refused it. Default `false`. */
  force?: boolean;
  /** As for `getAccessToken()`: `'throw'` rejects at once where the user would have to be asked. */
  onExpired?: 'wait' | 'throw';
  /** Gives the call up; it rejects with the signal's reason. */
  signal?: AbortSignal;
}
