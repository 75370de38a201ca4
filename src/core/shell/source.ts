import type { Environment } from '../environment.js';
import { SessionError, toSessionError } from '../errors.js';
import type {
  AccessToken,
  AccessTokenRequest,
  EndReason,
  Instant,
  LoginRequest,
  LogoutRequest,
  Session,
  SessionSource,
} from '../types.js';
import { correctExpiry, readAccessToken, readSession } from '../validate.js';

export interface SourceOptions {
  readonly source: SessionSource;
  readonly env: Environment;
  /** How long the source may take (ms). */
  readonly timeout: number;
  readonly now: () => Instant;
  /** The server told its time: the latest that it can be (epoch ms), and how much earlier it may be (ms). */
  readonly onServerTime: (latest: Instant, tolerance: number) => void;
}

/** A request for a token that is under way. */
export interface TokenCall {
  readonly answer: Promise<AccessToken>;
  /** Settles with the SDK's own promise, which may come long after the answer was given up; whether it brought a token then. */
  readonly late: Promise<boolean>;
}

type Method = 'getSession' | 'getAccessToken' | 'extend' | 'login' | 'logout' | 'clear';

/** The one place from which the source is called, and where its answers are validated. */
export class Source {
  readonly #options: SourceOptions;

  constructor(options: SourceOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.source.name;
  }

  async getSession(forceRefresh: boolean, signal: AbortSignal): Promise<Session | null> {
    return this.#readSession(await this.#call('getSession', [], signal, forceRefresh).answer);
  }

  async extend(signal: AbortSignal): Promise<Session | null> {
    return this.#readSession(await this.#call('extend', [], signal).answer);
  }

  getAccessToken(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ): TokenCall {
    const { env, now, source } = this.#options;
    const clockBefore = now() - env.monotonicNow();
    const { answer, late } = this.#call('getAccessToken', [request], signal, forceRefresh);
    const read = (token: unknown): AccessToken => {
      const takenBack = clockBefore - (now() - env.monotonicNow());
      return correctExpiry(readAccessToken(token, now(), source.name), takenBack);
    };
    return { answer: answer.then(read), late };
  }

  async clear(reason: EndReason, signal: AbortSignal): Promise<void> {
    await this.#call('clear', [reason], signal).answer;
  }

  // These two wait for the user, and have no time limit.

  async login(request: LoginRequest, signal: AbortSignal): Promise<void> {
    await this.#call('login', [request], signal, true, false).answer;
  }

  async logout(request: LogoutRequest, signal: AbortSignal): Promise<void> {
    // A source without `logout` keeps nothing to sign out of.
    if (!this.#options.source.logout) return;
    await this.#call('logout', [request], signal, true, false).answer;
  }

  #call(
    method: Method,
    args: readonly unknown[],
    signal: AbortSignal,
    forceRefresh = true,
    isTimed = true,
  ): { answer: Promise<unknown>; late: Promise<boolean> } {
    const { env, now, source, timeout } = this.#options;
    const controller = new AbortController();
    const abort = (): void => controller.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    const cancelTimer = isTimed
      ? env.setTimer(timeout, () => controller.abort(timedOut(source.name, timeout)))
      : () => {};
    const context = { signal: controller.signal, forceRefresh, fetch: this.#fetch, now };
    const call = async (): Promise<unknown> => {
      const ask = source[method] as ((...parts: unknown[]) => Promise<unknown>) | undefined;
      if (!ask) throw notSupported(source.name, method);
      return ask.call(source, ...args, context);
    };
    const own = call();
    let isOver = false;
    const late = own.then(
      () => isOver,
      () => false,
    );
    // A source that ignores its signal must not hold up the client.
    const answer = Promise.race([own, whenAborted(controller.signal)])
      .catch((thrown: unknown) => {
        throw toSessionError(thrown, source.name);
      })
      .finally(() => {
        isOver = true;
        cancelTimer();
        signal.removeEventListener('abort', abort);
        // Tells the source to stop, where the time was over first.
        controller.abort();
      });
    return { answer, late };
  }

  #readSession(answer: unknown): Session | null {
    const { now, source } = this.#options;
    return readSession(answer, now(), source.name);
  }

  /** The platform's `fetch`, which also reads the server's time (RFC 9110 §6.6.1: whole seconds). */
  readonly #fetch: typeof fetch = async (input, init) => {
    const { env, onServerTime } = this.#options;
    const sentAt = env.monotonicNow();
    const response = await env.fetch(input, init);
    const tolerance = 1_000 + env.monotonicNow() - sentAt;
    // A cached answer has the date of its making.
    const date = response.headers.has('Age') ? null : response.headers.get('Date');
    const time = Date.parse(date ?? '');
    if (Number.isFinite(time)) onServerTime(time + tolerance, tolerance);
    return response;
  };
}

function notSupported(name: string, method: Method): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    `The source "${name}" has no ${method}(). Do without it, or use a source that has one.`,
  );
}

function timedOut(name: string, timeout: number): SessionError {
  return new SessionError(
    'ERR_TIMEOUT',
    `The source "${name}" did not answer within ${timeout} ms. The request is repeated; for a slower server raise refresh.timeout.`,
  );
}

function whenAborted(signal: AbortSignal): Promise<never> {
  const promise = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  promise.catch(() => {});
  return promise;
}
