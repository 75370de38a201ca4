import { hashKey } from '@tanstack/react-query';
import { toMsOrZero } from '../duration.js';
import { browserEnvironment, type Environment } from '../environment.js';
import { makeError } from '../errorMessages.js';
import {
  defaultToken,
  expiryOf,
  isInUse,
  refreshAt,
  tokenKey,
  tokenOf,
  usableUntil,
} from '../model/accessToken.js';
import { refuseExtension } from '../model/extension.js';
import { noStamp } from '../model/stamp.js';
import { omitUndefined } from '../omitUndefined.js';
import { checkOptions, type SessionClientOptions } from '../options.js';
import { checkReturnTo } from '../returnTo.js';
import { runOnce } from '../runOnce.js';
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
import { Login } from './login.js';
import { Runtime } from './runtime.js';
import { StartCount } from './startCount.js';

/** A call to an API takes no longer (ms). */
const defaultMinValidity = 10_000;
const never = Number.POSITIVE_INFINITY;

/**
 * Makes a client. Nothing is requested and no timer is set before `start()` or the first call.
 * Throws a `TypeError` for a source or a policy that is none.
 * @example createSessionClient({ source: oidcClient(userManager), policy: hybrid({ idle: '30m' }) })
 */
export function createSessionClient(options: SessionClientOptions): SessionClient {
  return new SessionClient(options);
}

/** The default token in hand, and until when it may be handed out without a look at anything else. */
interface ReadyToken {
  readonly state: unknown;
  readonly promise: Promise<string>;
  readonly untilWall: number;
  readonly untilMonotonic: number;
  /** When the clocks were compared last (epoch ms): within the same millisecond the result is the same. */
  checkedAt: number;
}

/** The two lifetimes of one sign-in. Its methods may be passed around without their object. */
export class SessionClient {
  /** Tells several clients of one origin apart. */
  readonly name: string;
  /** The platform as this client sees it. */
  readonly environment: Environment;
  readonly #runtime: Runtime;
  readonly #login: Login;
  readonly #starts: StartCount;
  readonly #initialSnapshot: Snapshot;
  #ready: ReadyToken | null = null;

  /** `environment` replaces the browser in tests. */
  constructor(options: SessionClientOptions, environment: Environment = browserEnvironment()) {
    checkOptions(options);
    this.name = options.name ?? options.source.name;
    this.environment = environment;
    this.#runtime = new Runtime(options, environment);
    this.#login = new Login(this.#runtime);
    this.#starts = new StartCount((isRunning) => this.#setRunning(isRunning));
    this.#initialSnapshot = withoutDates(this.getSnapshot());
  }

  /** Asks the source, listens, sets the timer. Pair it with `stop()`. */
  readonly start = (): void => this.#starts.change(1);

  /**
   * Releases every timer, listener and request; calls that wait are rejected. A request that an SDK cannot
   * abort keeps the refresh lock until it is answered, for `refresh.timeout` at most.
   */
  readonly stop = (): void => this.#starts.change(-1);

  /** Calls `listener` after every change of the snapshot. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => this.#runtime.subscribe(listener);

  /** What holds now: the same object until something changes. */
  readonly getSnapshot = (): Snapshot => this.#runtime.snapshot;

  /** What a server renders: what held at first, without a date that the browser would compute differently. */
  readonly getInitialSnapshot = (): Snapshot => this.#initialSnapshot;

  /** The state of one access token; without a request, of the default one. */
  readonly getAccessTokenState = (request: AccessTokenRequest = {}): AccessTokenState =>
    this.#runtime.accessTokenState(keyOf(request));

  /** The value of a token in hand that has not expired, or `null`. Requests nothing. */
  readonly peekAccessToken = (request: AccessTokenRequest = {}): string | null => {
    const { state } = this.#runtime;
    const fact = tokenOf(state, keyOf(request));
    const isValid = fact !== null && this.#runtime.deviceNow() < expiryOf(state, fact);
    return isValid ? (fact.token?.value ?? null) : null;
  };

  /** The server's time as far as it is known (epoch ms). */
  readonly now = (): Instant => this.#runtime.now();

  /**
   * Resolves with a token that stays valid for `minValidity`, never with one that is known to be expired.
   * Rejects with a `SessionError`, and with a `TypeError` for a bad `minValidity`.
   */
  readonly getAccessToken = (options?: GetAccessTokenOptions): Promise<string> => {
    const ready = this.#ready;
    const { environment } = this;
    if (options || !ready || ready.state !== this.#runtime.state) return this.#demandToken(options);
    const wall = environment.wallNow();
    if (wall !== ready.checkedAt) {
      const isValid = wall < ready.untilWall && environment.monotonicNow() < ready.untilMonotonic;
      if (!isValid) return this.#demandToken(options);
      ready.checkedAt = wall;
    }
    return ready.promise;
  };

  /** Asks now for a new access token or, where the source has none, for the session. Rejects with a `SessionError`. */
  readonly refresh = async (request: AccessTokenRequest = {}): Promise<void> => {
    await this.getSession();
    const { config, state } = this.#runtime;
    this.#runtime.put({ type: 'errors-cleared' });
    const key = keyOf(request);
    const after = config.hasTokens ? (state.tokens[key]?.stamp ?? noStamp) : state.latest;
    await this.#runtime.call(
      config.hasTokens ? { kind: 'token', key, after } : { kind: 'session', key: 'session', after },
    );
  };

  /** Keeps an idle session going. Rejects with a `SessionError` where it cannot be extended. */
  readonly extend = async (): Promise<void> => {
    await this.getSession();
    this.#runtime.catchUp();
    const refusal = refuseExtension(this.#runtime.state, this.#runtime.config);
    if (refusal) throw makeError(refusal);
    await this.#runtime.call({ kind: 'extension', key: 'extend' });
  };

  /** Counts as activity of the user, say from an iframe or an editor that keeps its events to itself. Once a second is enough. */
  readonly reportActivity = (): void => this.#runtime.reportActivity();

  /**
   * Asks the user to sign in; an attempt that is under way is given up. Rejects with a `SessionError`, and
   * with a `TypeError` for a `returnTo` outside this origin and for a `maxAge` that is no duration.
   */
  readonly login = (request: LoginRequest = {}): Promise<void> => this.#login.start(request);

  /** Who is signed in, once that is known. Rejects with `ERR_MISSING_SESSION` or `ERR_EXPIRED_SESSION`. */
  readonly getSession = (signal?: AbortSignal): Promise<Session> =>
    this.#runtime.call({ kind: 'session', key: 'session' }, signal);

  /**
   * Resolves when a sign-in was asked for `requirement` and is done, or after `meetStepUp(key)`. Rejects
   * with `ERR_STEP_UP_REQUIRED` where nothing on the page can ask the user.
   */
  readonly waitForStepUp = (
    requirement: AuthRequirement,
    key: string,
    signal?: AbortSignal,
  ): Promise<void> => {
    this.#runtime.catchUp();
    return this.#runtime.call({ kind: 'step-up', key, requirement, mayAskUser: true }, signal);
  };

  /** The session shows what the call with this key waits for. */
  readonly meetStepUp = (key: string): void => this.#runtime.put({ type: 'call-met', key });

  /** The user chose not to sign in: the attempt is given up, and calls that wait for it are rejected. */
  readonly cancelLogin = (): void => {
    this.#login.cancel();
    this.#runtime.put({ type: 'login-cancelled' });
  };

  /** Signs the user out. Where the source fails, the session is kept and the failure is thrown. */
  readonly logout = async (request: LogoutRequest = {}): Promise<void> => {
    checkReturnTo(request.returnTo);
    const id = this.#login.nextId();
    this.#runtime.put({ type: 'act', kind: 'signing-out', id });
    try {
      await this.#runtime.source.logout(request, new AbortController().signal);
    } finally {
      this.#runtime.put({ type: 'act', kind: 'none', id });
    }
    this.#runtime.put({ type: 'ended', reason: 'signed-out' });
  };

  /** The server told the page, by a socket or an event stream, that the session is over. */
  readonly notifyRevoked = (): void => this.#runtime.put({ type: 'ended', reason: 'revoked' });

  /** Something that can ask the user to sign in is on the page. Returns how to remove it. */
  readonly addLoginPrompt = (): (() => void) => {
    this.#runtime.put({ type: 'prompt', prompt: 'login', by: 1 });
    const remove = (): void => this.#runtime.put({ type: 'prompt', prompt: 'login', by: -1 });
    // A moment later, so that a prompt may take the place of another.
    return runOnce(() => queueMicrotask(remove));
  };

  /** Something that asks the user before the session ends is on the page: from then on only the answer counts. */
  readonly addExpiryPrompt = (): (() => void) => {
    this.#runtime.put({ type: 'prompt', prompt: 'expiry', by: 1 });
    return runOnce(() => this.#runtime.put({ type: 'prompt', prompt: 'expiry', by: -1 }));
  };

  /** Keeps an access token in use: fetched now, refreshed in its window. Returns how to release it. */
  readonly retainAccessToken = (request: AccessTokenRequest = {}): (() => void) => {
    const key = keyOf(request);
    this.#runtime.put({ type: 'retained', request: key, by: 1 });
    return runOnce(() => this.#runtime.put({ type: 'retained', request: key, by: -1 }));
  };

  /** Calls `handler` whenever `type` happens. Returns how to stop. */
  readonly on = <Type extends SessionEventType>(
    type: Type,
    handler: (event: Extract<SessionEvent, { type: Type }>) => void,
  ): (() => void) => this.#runtime.events.on(type, handler as (event: SessionEvent) => void);

  /**
   * The latest 200 inputs and the state before them, as plain JSON for a bug report, without tokens and
   * claims. `replayLog()` of `session-clock/testing` replays it.
   */
  readonly getLog = (): SessionLog => this.#runtime.log.read(this.#runtime);

  #setRunning(isRunning: boolean): void {
    if (isRunning) return this.#runtime.start();
    this.#runtime.put({ type: 'stopped' });
    this.#login.cancel();
  }

  #demandToken(options: GetAccessTokenOptions = {}): Promise<string> {
    try {
      const {
        forceRefresh,
        minValidity = defaultMinValidity,
        onExpired,
        refused,
        signal,
      } = options;
      const validity = toMsOrZero(minValidity, 'minValidity');
      if (signal?.aborted) return Promise.reject(signal.reason);
      this.#runtime.catchUp();
      const key = keyOf(options);
      const fact = this.#runtime.state.tokens[key];
      const isRefused = refused !== undefined && refused === fact?.token?.value;
      const after = forceRefresh || isRefused ? (fact?.stamp ?? noStamp) : null;
      const mayAskUser = onExpired !== 'throw';
      const call = { kind: 'token', key, after, mayAskUser, minValidity: validity } as const;
      const value = this.#runtime.decideNow(call);
      return value === null ? this.#runtime.call(call, signal) : this.#handOut(key, value, options);
    } catch (misuse) {
      return Promise.reject(misuse);
    }
  }

  /** A token in hand. Where nothing keeps it fresh, this call has it refreshed in the background. */
  #handOut(key: string, value: string, options: GetAccessTokenOptions): Promise<string> {
    const { config, wakeAt } = this.#runtime;
    const promise = Promise.resolve(value);
    const dueAt = isInUse(this.#runtime.state, config, key)
      ? never
      : refreshAt(this.#runtime.state, config, key);
    if (this.#runtime.deviceNow() >= dueAt) {
      this.#runtime.put({ type: 'requested', request: key });
    } else if (Object.keys(options).length === 0) {
      const { state } = this.#runtime;
      const { device, monotonic, wall } = state.clock;
      const until = usableUntil(state, config, key, defaultMinValidity);
      const left = Math.min(until, dueAt, wakeAt) - device;
      const [untilWall, untilMonotonic] = [wall + left, monotonic + left];
      this.#ready = { state, promise, untilWall, untilMonotonic, checkedAt: Number.NaN };
    }
    return promise;
  }
}

function keyOf({ audience, scope }: AccessTokenRequest): string {
  if (audience === undefined && scope === undefined) return defaultToken;
  return tokenKey(hashKey([omitUndefined({ audience, scope })]).slice(1, -1));
}

/** A server and a browser compute deadlines from different instants: the first snapshot has none. */
function withoutDates(snapshot: Snapshot): Snapshot {
  if (snapshot.status !== 'active' && snapshot.status !== 'expiring') return snapshot;
  return { ...snapshot, status: 'active', deadline: null, canExtend: false };
}
