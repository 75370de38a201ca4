import type { SessionError } from './errors.js';
import type { AccessTokenRequest, EndReason, Instant, Session } from './types.js';

/** `offline`: the browser has no network. `degraded`: the latest request to the source failed, and none has succeeded since. */
export type Connection = 'online' | 'offline' | 'degraded';

/** When the session ends if nothing happens. */
export interface Deadline {
  /** Epoch ms, on the server's clock. */
  at: Instant;
  /** `idle`: activity moves it. `lifetime`: nothing does. `access-token`: it is the token's end. */
  kind: 'idle' | 'lifetime' | 'access-token';
  /** When this lifetime began, or was last extended (epoch ms). */
  since: Instant;
}

/** What every status has beside its own fields. */
interface Circumstances {
  connection: Connection;
  /** The latest failure in the background, or `null` when all is well. */
  error: SessionError | null;
}

/** The session's state: a union on `status`. */
export type SessionState = Circumstances &
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
        /** `'signed-out'` when the user did it in this tab, `null` when the source found nobody. */
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
        /** It ended while the page was in use; a new sign-in is due. */
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
  /** In hand and valid. */
  | 'fresh'
  /** Valid, and a newer one is on its way. */
  | 'refreshing'
  /** The last one has expired and the next is not here yet. */
  | 'expired'
  /** It cannot be had; `error` says why. */
  | 'unavailable';

/** The access token's state, without its value: this may be logged. */
export interface AccessTokenState {
  status: AccessTokenStatus;
  /** Epoch ms; `null` where unknown. */
  expiresAt: Instant | null;
  /** When it was issued (epoch ms); `null` without a token. */
  issuedAt: Instant | null;
  error: SessionError | null;
}

/** All that a client shows at one instant. Its identity is stable until something changes. */
export type Snapshot = SessionState & {
  /** The default access token. */
  accessToken: AccessTokenState;
  /** Why a sign-in is asked for: a call waits for it. `null`: none does. */
  loginRequired: SessionError | null;
};

/** What happened, by name; each once per fact and tab. No event carries a token. */
export interface SessionEvents {
  /** A user is signed in who was not, or has signed in again. */
  'session-started': { session: Session };
  'session-expiring': { session: Session; deadline: Deadline };
  'session-extended': { session: Session; deadline: Deadline | null };
  'session-ended': { session: Session; reason: EndReason };
  'access-token-refreshed': AccessTokenRequest & { expiresAt: Instant | null };
  'access-token-refresh-failed': AccessTokenRequest & { error: SessionError };
  'user-changed': { from: Session; to: Session };
  /** The device slept, or its clock was set forward, by about so many ms. */
  resumed: { slept: number };
  'connection-changed': { connection: Connection };
}

export type SessionEventType = keyof SessionEvents;

/** An event with its name and instant (epoch ms). */
export type SessionEvent = {
  [Type in SessionEventType]: { type: Type; at: Instant } & SessionEvents[Type];
}[SessionEventType];
