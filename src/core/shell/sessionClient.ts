import type { Environment } from '../environment.js';
import type { AccessTokenState, SessionEvent, SessionEventType, Snapshot } from '../snapshot.js';
import type {
  AccessTokenRequest,
  AuthRequirement,
  GetAccessTokenOptions,
  Instant,
  LoginRequest,
  LogoutRequest,
  Session,
} from '../types.js';
import type { SessionLog } from './inputLog.js';

/** Tracks the lifetimes of the session and of its access tokens. Its methods do not use `this`. */
export interface SessionClient {
  /** Clients with the same name share their sign-in across the tabs of an origin. */
  readonly name: string;
  /** The platform of this client: the browser, or a test environment. */
  readonly environment: Environment;

  /** Whether the source has access tokens; without them, requests are authenticated by a cookie. */
  readonly hasAccessTokens: boolean;

  /** Requests the session and starts the listeners and the timer. Pair it with `stop()`; calls are counted. */
  start(): void;

  /**
   * Releases every timer, listener and request; calls that wait are rejected with `ERR_LOGIN_CANCELLED`. A
   * request that an SDK cannot abort holds the refresh lock until it is answered, for `refresh.timeout` at
   * most.
   */
  stop(): void;

  /** Calls `listener` after every change of the snapshot. Returns a function that stops this. */
  subscribe(listener: () => void): () => void;

  /** The current snapshot: the same object until it changes. */
  getSnapshot(): Snapshot;

  /** The snapshot of the first render, on a server and during hydration: that of `initialSession`, without a deadline. */
  getInitialSnapshot(): Snapshot;

  /**
   * A key of the user whose session is shown, also after its end; `null`: no user. Two users with different
   * keys must not see each other's data. It is a hash of `userKey`, and contains no claim.
   */
  getUserKey(): string | null;

  /** The state of one access token. Default: the source's default token. */
  getAccessTokenState(request?: AccessTokenRequest): AccessTokenState;

  /** The value of the current access token if it has not expired, else `null`. Sends no request. */
  peekAccessToken(request?: AccessTokenRequest): string | null;

  /** The server's time as far as it is known (epoch ms). */
  now(): Instant;

  /**
   * Resolves with a token that stays valid for `minValidity`, never with one that is known to be expired.
   * Rejects with a `SessionError`, and with a `TypeError` for an invalid `minValidity`.
   */
  getAccessToken(options?: GetAccessTokenOptions): Promise<string>;

  /**
   * Requests a new access token now or, if the source has no access tokens, the session. Rejects with a
   * `SessionError`.
   */
  refresh(request?: AccessTokenRequest): Promise<void>;

  /**
   * Asks the source now whether there is a session, unless it is being asked already; also while no user is
   * signed in, for example after a sign-in or sign-out outside this page. Resolves with the session, or
   * `null` for none. Rejects with a `SessionError` if the source does not know, or with the signal's reason.
   */
  checkSession(signal?: AbortSignal): Promise<Session | null>;

  /** Extends an idle session. Rejects with a `SessionError`, `ERR_NOT_SUPPORTED` if it cannot be extended. */
  extend(): Promise<void>;

  /**
   * Reports activity that the page cannot see, for example in a frame of another origin. Call it as often as
   * you like: it counts once a second, and only while the page is visible.
   */
  reportActivity(): void;

  /**
   * Asks the user to sign in; cancels an attempt that is in progress. Rejects with a `SessionError`, and with
   * a `TypeError` if `returnTo` is not a path of this origin or `maxAge` is not a duration.
   */
  login(request?: LoginRequest): Promise<void>;

  /**
   * The session, once it is known. Rejects with a `SessionError`, `ERR_MISSING_SESSION` or
   * `ERR_EXPIRED_SESSION` if no user is signed in; with `onExpired: 'wait'`, it first waits while the user
   * signs in again, if a dialog or `onLoginRequired` can ask the user. Rejects with the signal's reason.
   */
  getSession(options?: Pick<GetAccessTokenOptions, 'onExpired' | 'signal'>): Promise<Session>;

  /**
   * Resolves after a sign-in with `requirement`, or after `meetStepUp(key)`. Rejects with
   * `ERR_STEP_UP_REQUIRED` if no dialog and no `onLoginRequired` can ask the user.
   */
  waitForStepUp(requirement: AuthRequirement, key: string, signal?: AbortSignal): Promise<void>;

  /** Resolves the call of `waitForStepUp()` with this key, because the session meets its requirement. */
  meetStepUp(key: string): void;

  /** Cancels the sign-in; calls that wait for it are rejected with `ERR_LOGIN_CANCELLED`. */
  cancelLogin(): void;

  /**
   * Signs the user out. If the source fails, the session is kept and the call rejects with a `SessionError`.
   * Rejects with a `TypeError` if `returnTo` is not a path of this origin.
   */
  logout(request?: LogoutRequest): Promise<void>;

  /** Ends the session in all tabs. Call it when the server has reported, for example over a socket, that the session is revoked. */
  notifyRevoked(): void;

  /** Registers a dialog that can ask the user to sign in. Returns a function that removes it. */
  addLoginPrompt(): () => void;

  /**
   * Registers a dialog that asks the user before the session ends: during the warning, only the user's answer
   * extends the session. Returns a function that removes it.
   */
  addExpiryPrompt(): () => void;

  /** Requests an access token now, and refreshes it before it expires. Returns a function that ends this. */
  retainAccessToken(request?: AccessTokenRequest): () => void;

  /** Calls `handler` for every event of `type`. Returns a function that stops this. */
  on<Type extends SessionEventType>(
    type: Type,
    handler: (event: Extract<SessionEvent, { type: Type }>) => void,
  ): () => void;

  /**
   * The latest 200 inputs and the state before them, as plain JSON for a bug report, without tokens and
   * claims. `replayLog()` of `session-clock/testing` replays it.
   */
  getLog(): SessionLog;
}
