import type { SessionError } from './errors.js';
import type { AccessTokenRequest, EndReason, Instant, Session } from './types.js';

/** `offline`: the browser reports that it has no network. `degraded`: the latest request to the source failed, and none has succeeded since. */
export type Connection = 'online' | 'offline' | 'degraded';

/** When the session ends unless it is extended. */
export interface Deadline {
  /** Server time (epoch ms). */
  at: Instant;
  /** `idle`: activity moves the deadline. `lifetime`: it is fixed. `access-token`: it is the expiry of the token. */
  kind: 'idle' | 'lifetime' | 'access-token';
  /** When this lifetime began or was last extended (epoch ms). */
  since: Instant;
}

/** The fields that are the same in every status. */
interface CommonState {
  connection: Connection;
  /** The latest failure of a background request; `null` after a success. */
  error: SessionError | null;
}

/** The state of the session: a union on `status`. */
export type SessionState = CommonState &
  (
    | {
        /** The source has not answered yet. */
        status: 'loading';
        session: null;
        reason: null;
        deadline: null;
        canExtend: false;
      }
    | {
        /** No user is signed in. */
        status: 'signed-out';
        session: null;
        /** Why the former session ended, after a sign-out in this tab and the ends of `hideAfter`. `null`: the page has shown no session. */
        reason: EndReason | null;
        deadline: null;
        canExtend: false;
      }
    | {
        /** A user is signed in. */
        status: 'active';
        session: Session;
        reason: null;
        deadline: Deadline | null;
        canExtend: boolean;
      }
    | {
        /** A user is signed in, and the deadline is less than `warnBefore` away. */
        status: 'expiring';
        session: Session;
        reason: null;
        deadline: Deadline;
        canExtend: boolean;
      }
    | {
        /** The session ended while the page was in use; a new sign-in is required. */
        status: 'expired';
        /** The session that ended. */
        session: Session;
        reason: EndReason;
        deadline: null;
        canExtend: false;
      }
  );

export type SessionStatus = SessionState['status'];

export type AccessTokenStatus =
  /** The token was never requested. */
  | 'none'
  /** The first token is being requested. */
  | 'fetching'
  /** The token is valid. */
  | 'fresh'
  /** The token is valid, and a newer one is being requested. */
  | 'refreshing'
  /** The token has expired, and no newer one has arrived. */
  | 'expired'
  /** No token can be obtained; `error` says why. */
  | 'unavailable';

/** The state of an access token, without its value, so that it can be logged. */
export interface AccessTokenState {
  status: AccessTokenStatus;
  /** When the token expires (epoch ms); `null`: unknown. */
  expiresAt: Instant | null;
  /** When the token was issued (epoch ms); `null`: unknown, or no token. */
  issuedAt: Instant | null;
  error: SessionError | null;
}

/** The state of a client that an app can read. The object is the same until a value changes. */
export type Snapshot = SessionState & {
  /** The state of the default access token. */
  accessToken: AccessTokenState;
  /** Why a call waits for a sign-in; `null`: no call waits for one. */
  loginRequired: SessionError | null;
};

/** The data of each event, by its name. Every tab emits each event once. No event contains a token. */
export interface SessionEvents {
  /** A user has signed in. Also emitted when the signed-in user signs in again. */
  'session-started': { session: Session };
  'session-expiring': { session: Session; deadline: Deadline };
  'session-extended': { session: Session; deadline: Deadline | null };
  'session-ended': { session: Session; reason: EndReason };
  'access-token-refreshed': AccessTokenRequest & { expiresAt: Instant | null };
  'access-token-refresh-failed': AccessTokenRequest & { error: SessionError };
  'user-changed': { from: Session; to: Session };
  /** The device slept for `slept` ms, or its clock was set forward by that time. */
  resumed: { slept: number };
  'connection-changed': { connection: Connection };
}

export type SessionEventType = keyof SessionEvents;

/** An event, its name (`type`) and its instant (`at`, epoch ms). */
export type SessionEvent = {
  [Type in SessionEventType]: { type: Type; at: Instant } & SessionEvents[Type];
}[SessionEventType];
