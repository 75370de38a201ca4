/** A point in time: milliseconds since the epoch, on the server's clock. */
export type Instant = number;

/** A length of time: `'90s'`, `'15m'`, `'8h'`, `'30d'`, or a bare number of milliseconds. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** Who is signed in, and what is known of the sign-in. */
export interface Session {
  /** The person's claims; `sub` tells one person from another. */
  user: { sub: string; [claim: string]: unknown };
  /** When the session began (epoch ms). */
  startedAt?: Instant;
  /** When the source itself says that the session ends (epoch ms). Absent: the source does not say. */
  expiresAt?: Instant;
  /** When the person last proved who they are (epoch ms; OpenID Connect `auth_time`). */
  authenticatedAt?: Instant;
  /** How they proved it (OpenID Connect `acr`). */
  acr?: string;
}

/** A token that opens an API. It is kept in memory only. */
export interface AccessToken {
  /** What goes into the `Authorization` header. */
  value: string;
  /** When it dies (epoch ms). Absent: opaque and undated, never refreshed ahead of a 401. */
  expiresAt?: Instant;
  /** When it was issued (epoch ms). */
  issuedAt?: Instant;
  /** How long before its end the source can renew it, where not at any time (ms). */
  refreshableWithin?: number;
  audience?: string;
  scope?: string;
  /** Default: `'Bearer'` (RFC 6750). */
  tokenType?: 'Bearer' | 'DPoP';
}

/** Which access token is meant; without either field, the source's default one. */
export interface AccessTokenRequest {
  audience?: string;
  scope?: string;
}

/** What a source is given with every question. */
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

/** How a person is asked to sign in. */
export interface LoginRequest {
  /** Default: a pop-up where the source can, else a redirect. */
  display?: 'redirect' | 'popup';
  /** Where to come back to: a path of this origin. Anything else is refused with a `TypeError`. */
  returnTo?: string;
  /** OpenID Connect `prompt`. */
  prompt?: 'login' | 'none';
  /** The oldest proof of identity that will do (OpenID Connect `max_age`). */
  maxAge?: Duration;
  /** OpenID Connect `acr_values`. */
  acrValues?: string[];
  scope?: string;
  audience?: string;
  /** OpenID Connect `login_hint`. */
  loginHint?: string;
}

/** How a person is signed out. */
export interface LogoutRequest {
  /** Default: a redirect; a pop-up where the app has a page for that, and the source knows of it. */
  display?: 'redirect' | 'popup';
  /** Where to come back to: a path of this origin. Anything else is refused with a `TypeError`. */
  returnTo?: string;
}

/** News that a source hears by itself. */
export type SourceEvent =
  /** Its definite word on who is signed in; `null`: nobody. */
  | { type: 'session'; session: Session | null }
  /** The provider ended the session elsewhere. */
  | { type: 'revoked' };

/** A provider of sign-ins, as plain functions. */
export interface SessionSource {
  readonly name: string;
  /** Who is signed in. `null`: definitely nobody. Unsure: throw. */
  getSession(context: SourceContext): Promise<Session | null>;
  getAccessToken?(request: AccessTokenRequest, context: SourceContext): Promise<AccessToken>;
  login?(request: LoginRequest, context: SourceContext): Promise<void>;
  logout?(request: LogoutRequest, context: SourceContext): Promise<void>;
  /** Rolling sessions: touch the server, so that the session goes on. */
  extend?(context: SourceContext): Promise<Session | null>;
  /** The provider's own events. Returns how to stop listening. */
  subscribe?(onEvent: (event: SourceEvent) => void): () => void;
}

/** How and when to ask for new access tokens. */
export interface RefreshOptions {
  /** The part of a token's life in which it is refreshed, at a random instant. Default `[0.5, 0.95]`. */
  window?: readonly [from: number, to: number];
  /** How long the source may take to answer. Default `'30s'`. */
  timeout?: Duration;
  /** How long a call rides out a failing source before it rejects. Default `'10s'`. */
  patience?: Duration;
}

export interface GetAccessTokenOptions extends AccessTokenRequest {
  /** How long the token must stay valid. Default 10 s, and at most 20 % of the token's life. */
  minValidity?: Duration;
  /** The token in hand will not do, say after a 401. Default `false`. */
  forceRefresh?: boolean;
  /**
   * `'wait'` (default) holds the call while a person signs in again, as long as something on the
   * page can ask them; `'throw'` rejects at once.
   */
  onExpired?: 'wait' | 'throw';
  /** Gives the call up; it rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What a sign-in has to prove. */
export type LoginNeed = Pick<LoginRequest, 'maxAge' | 'acrValues'>;

/** What a person has to prove before a step that matters. */
export interface StepUpRequest extends LoginNeed {
  /** Ask for it even if what is known would do, say because an API has refused that. Default `false`. */
  force?: boolean;
  /** As for `getAccessToken()`: `'throw'` rejects at once where a person would have to be asked. */
  onExpired?: 'wait' | 'throw';
  /** Gives the call up; it rejects with the signal's reason. */
  signal?: AbortSignal;
}
