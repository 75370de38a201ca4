import { demandToken, tokenInHand } from './demandToken.js';
import { toMs } from './duration.js';
import { loginCancelled } from './endings.js';
import { browserEnvironment, type Environment } from './environment.js';
import type { SessionError } from './errors.js';
import { given } from './given.js';
import { LoginFlight } from './loginFlight.js';
import type { Proof } from './loginGate.js';
import { checkLoginRequest } from './loginRequest.js';
import { checkOptions, type SessionClientOptions } from './options.js';
import { checkReturnTo } from './returnTo.js';
import { SessionKeeper } from './sessionKeeper.js';
import type { AccessTokenState, SessionEvent, SessionEventType, Snapshot } from './snapshot.js';
import { Ticker } from './ticker.js';
import type {
  AccessTokenRequest,
  Duration,
  GetAccessTokenOptions,
  Instant,
  LoginRequest,
  LogoutRequest,
  Session,
} from './types.js';

/**
 * Makes a client. Nothing is asked and no timer is set before `start()` or the first call.
 * Throws a `TypeError` for a source or a policy that is none.
 * @example createSessionClient({ source: oidcClient(userManager), policy: hybrid({ idle: '30m' }) })
 */
export function createSessionClient(options: SessionClientOptions): SessionClient {
  return new SessionClient(options);
}

/** The two clocks of one sign-in. Its methods may be passed around without their object. */
export class SessionClient {
  /** Tells several clients of one origin apart. */
  readonly name: string;
  readonly #keeper: SessionKeeper;
  readonly #ticker: Ticker;
  readonly #initialSnapshot: Snapshot;
  readonly #loginFlight: LoginFlight;

  /** `environment` is the world that tests put in place of the real one. */
  constructor(options: SessionClientOptions, environment: Environment = browserEnvironment()) {
    checkOptions(options);
    this.name = options.name ?? options.source.name;
    this.#keeper = new SessionKeeper(options, environment);
    this.#loginFlight = new LoginFlight(environment);
    this.#ticker = new Ticker(environment, this.#keeper.clock);
    this.#initialSnapshot = undated(this.getSnapshot());
  }

  /** Begins to keep the clocks: asks the source, listens, sets the alarm. Pair it with `stop()`. */
  readonly start = (): void => this.#keeper.lifecycle.start();

  /**
   * Lets go of every timer, listener and flight; calls that wait are rejected. Only a request that
   * an SDK cannot take back keeps its turn until it is answered, for `refresh.timeout` at most.
   */
  readonly stop = (): void => this.#keeper.lifecycle.stop();

  /** Calls `listener` after every change of the snapshot. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) =>
    this.#keeper.store.subscribe(listener);

  /** What holds now: the same object until something changes. */
  readonly getSnapshot = (): Snapshot => this.#keeper.store.snapshot;

  /** What a server renders: what held at first, without a date that the browser would reckon anew. */
  readonly getInitialSnapshot = (): Snapshot => this.#initialSnapshot;

  /** The state of one access token; without a request, of the default one. */
  readonly getAccessTokenState = (request: AccessTokenRequest = {}): AccessTokenState =>
    this.#keeper.tokens.state(request);

  /** The value of a token in hand and alive, or `null`. Asks nobody. */
  readonly peekAccessToken = (request: AccessTokenRequest = {}): string | null =>
    this.#keeper.tokens.value(request);

  /** The server's time as far as it is known (epoch ms). */
  readonly now = (): Instant => this.#keeper.clock.now();

  /** Calls `tick` at least every `every` while the page is visible; all who watch share one timer. */
  readonly watchClock = (every: Duration, tick: () => void): (() => void) =>
    this.#ticker.watch(toMs(every, 'every'), tick);

  /**
   * Resolves with a token that stays valid for `minValidity`, never with one known to be dead.
   * Rejects with a `SessionError`, and with a `TypeError` for a bad `minValidity`.
   */
  readonly getAccessToken = (options: GetAccessTokenOptions = {}): Promise<string> => {
    try {
      if (options.signal?.aborted) return Promise.reject(options.signal.reason);
      const ready = options.forceRefresh ? undefined : tokenInHand(this.#keeper, options);
      return ready ?? demandToken(this.#keeper, options);
    } catch (misuse) {
      return Promise.reject(misuse);
    }
  };

  /** Asks now for a new access token or, where the source has none, for the session. */
  readonly refresh = async (request: AccessTokenRequest = {}): Promise<void> => {
    const { calls, tokens } = this.#keeper;
    await this.#keeper.present();
    tokens.forgive();
    if (calls.hasTokens) await tokens.obtain(request, true);
    else await this.#keeper.ask(true);
  };

  /** Keeps an idle session going. Rejects with a `SessionError` where it cannot be extended. */
  readonly extend = (): Promise<void> => this.#keeper.extension.extend();

  /**
   * Asks the person to sign in; one that is still under way is given up. Rejects with a `TypeError`
   * for a `returnTo` outside this origin and for a `maxAge` that is no duration.
   */
  readonly login = async (request: LoginRequest = {}): Promise<void> => {
    checkLoginRequest(request);
    const { calls, gate } = this.#keeper;
    await this.#loginFlight.begin(async (signal) => {
      const { need } = gate;
      await this.#keeper.signIn(() => calls.login({ ...need, ...given(request) }, signal));
      if (need) gate.openAsked(need);
    });
  };

  /** Who is signed in, once that is known. Rejects with `ERR_MISSING_SESSION` or `ERR_EXPIRED_SESSION`. */
  readonly getSession = (signal?: AbortSignal): Promise<Session> => this.#keeper.present(signal);

  /**
   * Resolves when the person whose session it is or was has given the proof. The next sign-in is told
   * of it. Rejects with `reason` where nothing on the page can ask them.
   */
  readonly waitForProof = async (
    reason: SessionError,
    proof: Proof,
    signal?: AbortSignal,
  ): Promise<void> => {
    const { gate, owner } = this.#keeper;
    if (!gate.canAsk || owner === null) throw reason;
    await gate.wait(owner, reason, signal, proof);
  };

  /** The person would rather not: the sign-in is given up, and calls that wait for it are rejected. */
  readonly cancelLogin = (): void => {
    this.#loginFlight.cancel();
    this.#keeper.gate.cancel(loginCancelled());
  };

  /** Signs the person out. Where the source fails, the session is kept and the failure thrown. */
  readonly logout = async (request: LogoutRequest = {}): Promise<void> => {
    checkReturnTo(request.returnTo);
    await this.#keeper.signOut(() => this.#keeper.calls.logout(request));
  };

  /** The server told the page, by a socket or an event stream, that the session is no more. */
  readonly notifyRevoked = (): void => this.#keeper.end('revoked');

  /** Something that can ask a person to sign in is on the page. Returns how to take it away. */
  readonly addLoginPrompt = (): (() => void) => this.#keeper.gate.addPrompter();

  /** Something that asks a person before the session ends is on the page: from then on only their answer counts. */
  readonly addExpiryPrompt = (): (() => void) => this.#keeper.extension.addPrompt();

  /** Puts an access token in use: fetched now, refreshed in its window. Returns how to let it go. */
  readonly holdAccessToken = (request: AccessTokenRequest = {}): (() => void) =>
    this.#keeper.tokens.use(request);

  /** Calls `handler` whenever `type` happens. Returns how to stop. */
  readonly on = <Type extends SessionEventType>(
    type: Type,
    handler: (event: Extract<SessionEvent, { type: Type }>) => void,
  ): (() => void) => this.#keeper.store.events.on(type, handler as (event: SessionEvent) => void);
}

/** A server and a browser reckon deadlines from different instants: the first picture has none. */
function undated(snapshot: Snapshot): Snapshot {
  if (snapshot.status !== 'active' && snapshot.status !== 'expiring') return snapshot;
  return { ...snapshot, status: 'active', deadline: null, canExtend: false };
}
