import type { SessionError } from './errors.js';

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
  /** Default: a pop-up where the source can, else a redirect. */
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

/** Why a session ended. */
export type EndReason =
  | 'signed-out'
  | 'idle'
  | 'lifetime'
  | 'revoked'
  | 'token-unobtainable'
  | 'elsewhere';

/** `offline`: the browser has no network. `degraded`: the network is there, the source is failing. */
export type Connection = 'online' | 'offline' | 'degraded';

/** When the session ends if nothing happens. */
export interface Deadline {
  /** Epoch ms, on the server's clock. */
  at: Instant;
  /** `idle`: activity moves it. `lifetime`: nothing does. `access-token`: it is the token's end. */
  kind: 'idle' | 'lifetime' | 'access-token';
  /** When this clock was last wound (epoch ms). */
  since: Instant;
}

/** What every status has beside its own fields. */
interface SessionCircumstances {
  connection: Connection;
  /** The latest failure in the background, or `null` when all is well. */
  error: SessionError | null;
}

/** The session's state: a union on `status`. */
export type SessionState = SessionCircumstances &
  (
    | {
        /** The first answer is not in. */
        status: 'loading';
        session: null;
        reason: null;
        deadline: null;
        canExtend: false;
      }
    | {
        /** Nobody is signed in. */
        status: 'signed-out';
        session: null;
        /** `'signed-out'` when a person did it here, `null` when the source found nobody. */
        reason: 'signed-out' | null;
        deadline: null;
        canExtend: false;
      }
    | {
        /** Signed in. */
        status: 'active';
        session: Session;
        reason: null;
        deadline: Deadline | null;
        canExtend: boolean;
      }
    | {
        /** Signed in, and inside `warnBefore` of the deadline. */
        status: 'expiring';
        session: Session;
        reason: null;
        deadline: Deadline;
        canExtend: boolean;
      }
    | {
        /** It ended under a person's hands; a new sign-in is due. */
        status: 'expired';
        /** Whose it was. */
        session: Session;
        reason: EndReason;
        deadline: null;
        canExtend: false;
      }
  );

export type SessionStatus = SessionState['status'];

export type AccessTokenStatus =
  /** Never asked for. */
  | 'none'
  /** The first one is on its way. */
  | 'fetching'
  /** In hand and alive. */
  | 'fresh'
  /** A newer one is on its way. */
  | 'refreshing'
  /** The last one is dead and the next is not here yet. */
  | 'expired'
  /** It cannot be had; `error` says why. */
  | 'unavailable';

/** The access token's state, without its value: this may be logged. */
export interface AccessTokenState {
  status: AccessTokenStatus;
  /** Epoch ms; `null` where unknown. */
  expiresAt: Instant | null;
  /** When this token's life began (epoch ms); `null` without a token. */
  issuedAt: Instant | null;
  error: SessionError | null;
}

/** All that can be seen of a client at one instant. Its identity is stable until something changes. */
export type Snapshot = SessionState & {
  /** The default access token. */
  accessToken: AccessTokenState;
  /** Why a call is waiting for a person to sign in again, or `null` when none is. */
  pendingLogin: SessionError | null;
};

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

/** What happened, by name. No event carries a token. */
export interface SessionEvents {
  'session-started': { session: Session };
  'session-expiring': { session: Session; deadline: Deadline };
  'session-extended': { session: Session; deadline: Deadline | null };
  'session-ended': { session: Session; reason: EndReason };
  'access-token-refreshed': AccessTokenRequest & { expiresAt: Instant | null };
  'access-token-refresh-failed': AccessTokenRequest & { error: SessionError };
  'user-changed': { from: Session; to: Session };
  /** The device slept, or its clock was set forward, by about so many ms. */
  woke: { slept: number };
  'connection-changed': { connection: Connection };
}

export type SessionEventType = keyof SessionEvents;

/** An event with its name and instant (epoch ms). */
export type SessionEvent = {
  [Type in SessionEventType]: { type: Type; at: Instant } & SessionEvents[Type];
}[SessionEventType];
