import { readAccessToken, readSession } from './answers.js';
import { type Clock, clockSettingFetch, type Shift } from './clock.js';
import type { Environment } from './environment.js';
import { SessionError, toSessionError } from './errors.js';
import type {
  AccessToken,
  AccessTokenRequest,
  LoginRequest,
  LogoutRequest,
  Session,
  SessionSource,
  SourceContext,
} from './types.js';

export interface SourceCallsOptions {
  source: SessionSource;
  env: Environment;
  clock: Clock;
  /** How long the source may take (ms). */
  timeout: number;
  /** The clock was set by the server's. */
  onShift: (shift: Shift) => void;
}

/** The one place from which the source is called, and at which its answers are checked. */
export class SourceCalls {
  readonly #options: SourceCallsOptions;
  readonly #fetch: typeof fetch;
  #underWay: Promise<void> = Promise.resolve();
  /** Aborted when nobody has a use for any answer. */
  #use = new AbortController();

  constructor(options: SourceCallsOptions) {
    const { env, clock, onShift } = options;
    this.#options = options;
    this.#fetch = clockSettingFetch(env, clock, onShift);
  }

  get sourceName(): string {
    return this.#options.source.name;
  }

  get hasTokens(): boolean {
    return this.#options.source.getAccessToken !== undefined;
  }

  get canExtend(): boolean {
    return this.#options.source.extend !== undefined;
  }

  async getSession(forceRefresh: boolean, signal?: AbortSignal): Promise<Session | null> {
    const { source } = this.#options;
    return this.#readSession(await this.#ask(source.getSession.bind(source), forceRefresh, signal));
  }

  async extend(): Promise<Session | null> {
    const { source } = this.#options;
    const extend = source.extend?.bind(source) ?? this.#refuse('extend');
    return this.#readSession(await this.#ask(extend, true));
  }

  async getAccessToken(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal?: AbortSignal,
  ): Promise<AccessToken> {
    const { source, clock, env } = this.#options;
    const ask = source.getAccessToken?.bind(source, request) ?? this.#refuse('getAccessToken');
    const call = (context: SourceContext): Promise<AccessToken> => {
      const asked = ask(context);
      // Without their results, or each would hold all that were before it.
      this.#underWay = Promise.allSettled([this.#underWay, asked]).then(() => {});
      return asked;
    };
    const sentAt = env.monotonicNow();
    const answer = await this.#ask(call, forceRefresh, signal);
    const token = readAccessToken(answer, clock.now(), source.name);
    return this.#learnFrom(token, forceRefresh, env.monotonicNow() - sentAt);
  }

  /** Settles when no token is being fetched any more, even one whose answer comes too late. */
  quiet(): Promise<void> {
    return this.#underWay;
  }

  /** Calls off all that is under way, which is rejected with `reason`. */
  callOff(reason: SessionError): void {
    this.#use.abort(reason);
    this.#use = new AbortController();
  }

  // The next two wait for a person, who takes the time that it takes.

  async login(request: LoginRequest, signal: AbortSignal): Promise<void> {
    const { source } = this.#options;
    const login = source.login?.bind(source, request) ?? this.#refuse('login');
    await this.#ask(login, true, signal, null);
  }

  /** A source without `logout` keeps nothing to sign out of. */
  async logout(request: LogoutRequest): Promise<void> {
    const { source } = this.#options;
    const logout = source.logout?.bind(source, request);
    if (logout) await this.#ask(logout, true, undefined, null);
  }

  #refuse(what: string): never {
    const { name } = this.#options.source;
    throw new SessionError(
      'ERR_NOT_SUPPORTED',
      `The source "${name}" has no ${what}(). Do without it, or use a source that has one.`,
    );
  }

  #readSession(answer: unknown): Session | null {
    return readSession(answer, this.#options.clock.now(), this.sourceName);
  }

  /**
   * No token is issued in the future; one made for us just now cannot be dead, and bears the date of
   * its making. Gives the token back, with its end on the clock as it was put right.
   */
  #learnFrom(token: AccessToken, forceRefresh: boolean, roundTrip: number): AccessToken {
    const { issuedAt, expiresAt } = token;
    const { clock, onShift } = this.#options;
    const before = clock.now();
    if (issuedAt === undefined || !this.#isNews(token, forceRefresh)) return token;
    onShift(clock.learn(issuedAt + 1_000 + roundTrip, 1_000 + roundTrip));
    const ahead = before - clock.now();
    // What seems dead was dated by the server, the rest by our clock as it was.
    if (expiresAt === undefined || ahead <= 0 || expiresAt <= before) return token;
    return { ...token, expiresAt: expiresAt - ahead };
  }

  #isNews({ issuedAt = 0, expiresAt }: AccessToken, forceRefresh: boolean): boolean {
    const { clock } = this.#options;
    const now = clock.now();
    if (issuedAt > now) return true;
    if (!forceRefresh) return false;
    const isDead = expiresAt !== undefined && expiresAt <= now;
    return clock.isSinceDoubt(issuedAt) || (isDead && !clock.toldByServer);
  }

  async #ask<Answer>(
    call: (context: SourceContext) => Promise<Answer>,
    forceRefresh: boolean,
    signal?: AbortSignal,
    timeout: number | null = this.#options.timeout,
  ): Promise<Answer> {
    const controller = new AbortController();
    const abort = (reason: unknown): void => controller.abort(reason);
    const stops = [this.#use.signal, ...(signal ? [signal] : [])].map((each) =>
      whenever(each, abort),
    );
    if (timeout !== null) {
      stops.push(this.#options.env.setTimer(timeout, () => abort(this.#timedOut(timeout))));
    }
    try {
      const answer = call(this.#context(controller.signal, forceRefresh));
      // A source that does not heed its signal must not hold us up.
      return await Promise.race([answer, whenAborted(controller.signal)]);
    } catch (thrown) {
      throw toSessionError(thrown, this.sourceName);
    } finally {
      for (const stop of stops) stop();
      // Tells a source that lost the race to stop, and lets go of what the race still holds.
      controller.abort();
    }
  }

  #timedOut(timeout: number): SessionError {
    const { source } = this.#options;
    return new SessionError(
      'ERR_TIMEOUT',
      `The source "${source.name}" did not answer within ${timeout} ms. It is asked again; for a slower server raise refresh.timeout.`,
    );
  }

  #context(signal: AbortSignal, forceRefresh: boolean): SourceContext {
    return { signal, forceRefresh, fetch: this.#fetch, now: () => this.#options.clock.now() };
  }
}

/** Calls back when `signal` is aborted; returns how to stop. */
function whenever(signal: AbortSignal, callBack: (reason: unknown) => void): () => void {
  const listener = (): void => callBack(signal.reason);
  signal.addEventListener('abort', listener);
  return () => signal.removeEventListener('abort', listener);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  const promise = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  promise.catch(() => {});
  return promise;
}
