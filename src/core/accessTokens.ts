import { type QueryClient, replaceEqualDeep } from '@tanstack/react-query';
import { backoff } from './backoff.js';
import type { Clock } from './clock.js';
import { deriveToken, isAlive, type TokenFact } from './derive.js';
import type { Environment } from './environment.js';
import { SessionError } from './errors.js';
import { Inquiry } from './inquiry.js';
import type {
  AccessToken,
  AccessTokenRequest,
  AccessTokenState,
  Instant,
  SessionEvent,
} from './types.js';

/** `minValidity` may ask for no more than this part of a short token's life. */
const largestMinValidity = 0.2;

export interface AccessTokensOptions {
  queries: QueryClient;
  env: Environment;
  clock: Clock;
  sourceName: string;
  patience: number;
  window: readonly [from: number, to: number];
  /** Whether tokens are renewed without a person. */
  silent: boolean;
  ask: (
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ) => Promise<AccessToken>;
  /** What a token state shows has changed, or when to act next. */
  onChange: () => void;
  emit: (event: SessionEvent) => void;
}

/** One access token: its question, its dates, and who uses it. */
interface Entry {
  readonly request: AccessTokenRequest;
  readonly inquiry: Inquiry<AccessToken>;
  issuedAt: Instant;
  /** The random instant at which this very token is refreshed. */
  refreshAt: Instant;
  /** Refreshes in a row that did not move its end. */
  stalls: number;
  /** The token's value as a resolved promise: a call with a token in hand costs an `await`. */
  ready: Promise<string>;
  users: number;
  /** What of it can be seen; its identity is stable until it changes. */
  state: AccessTokenState;
}

/** The access tokens of one source: single flight, the refresh window, the storm guard. */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #entries = new Map<string, Entry>();
  /** The end of the queue: refresh tokens of one source are one family, whatever the audience. */
  #queue: Promise<unknown> = Promise.resolve();

  #wakeAt: Instant = Number.POSITIVE_INFINITY;

  constructor(options: AccessTokensOptions) {
    this.#options = options;
  }

  /** Whether tokens are renewed without a person. */
  get silent(): boolean {
    return this.#options.silent;
  }

  /** When a token's state changes by itself; as of the latest `settle`. */
  get wakeAt(): Instant {
    return this.#wakeAt;
  }

  /** The value of a token in hand and alive, or `null`. */
  value(request: AccessTokenRequest): string | null {
    const token = this.#entries.get(keyOf(request))?.inquiry.answer ?? null;
    return isAlive(token, this.#options.clock.now()) ? (token?.value ?? null) : null;
  }

  /** A token in hand that stays valid for `minValidity` ms, or `undefined`. Costs next to nothing. */
  peek(
    request: AccessTokenRequest,
    minValidity: number,
    now: Instant,
  ): Promise<string> | undefined {
    const entry = this.#entries.get(keyOf(request));
    const token = entry?.inquiry.answer;
    if (!entry || !token) return undefined;
    if (!this.#lasts(entry, token, minValidity, now)) return undefined;
    // Nobody keeps it fresh: this read does, in the background.
    if (entry.users === 0 && this.#mayRefresh(entry, now)) entry.inquiry.ask(true);
    return entry.ready;
  }

  /** Waits for a token, asking the source where need be. Rejects with a `SessionError`. */
  async obtain(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal?: AbortSignal,
  ): Promise<string> {
    const { inquiry } = this.#entry(request);
    const seen = inquiry.answer?.value;
    const waiting = inquiry.wait((token) => !forceRefresh || token.value !== seen, signal);
    inquiry.ask(forceRefresh || seen !== undefined);
    return (await waiting).value;
  }

  /** Puts a token in use: it is fetched now and kept fresh. Returns how to let it go. */
  use(request: AccessTokenRequest): () => void {
    const entry = this.#entry(request);
    entry.users++;
    this.#options.onChange();
    return () => {
      entry.users--;
      this.#options.onChange();
    };
  }

  fact(request: AccessTokenRequest): TokenFact {
    const entry = this.#entries.get(keyOf(request));
    return entry ? factOf(entry) : noToken;
  }

  /** One token's state as of the latest `settle`. */
  state(request: AccessTokenRequest): AccessTokenState {
    return this.#entries.get(keyOf(request))?.state ?? untouched;
  }

  /** Brings every token's state up to `now`. */
  settle(now: Instant): void {
    const changes = [...this.#entries.values()].map((entry) => {
      const { state, wakeAt } = deriveToken(factOf(entry), now);
      entry.state = replaceEqualDeep(entry.state, state);
      return wakeAt;
    });
    this.#wakeAt = Math.min(...changes);
  }

  get failing(): boolean {
    return [...this.#entries.values()].some(({ inquiry }) => inquiry.failure?.error.retryable);
  }

  /** When `run` has something to do next. */
  nextDue(): Instant {
    return Math.min(...[...this.#entries.values()].map((entry) => this.#dueAt(entry)));
  }

  /** Asks for all tokens that are due. */
  run(): void {
    const now = this.#options.clock.now();
    for (const entry of this.#entries.values()) {
      if (this.#dueAt(entry) <= now) entry.inquiry.ask(entry.inquiry.answer !== undefined);
    }
  }

  hurry(): void {
    for (const { inquiry } of this.#entries.values()) inquiry.hurry();
  }

  /** Our reckoning of time was wrong by `shift` ms: an end that now seems later is not believed. */
  shift(shift: number): void {
    if (shift >= 0) return;
    for (const { inquiry } of this.#entries.values()) {
      const token = inquiry.answer;
      if (token?.expiresAt !== undefined) {
        inquiry.amend({ ...token, expiresAt: token.expiresAt + shift });
      }
    }
  }

  /** The past is forgiven: whatever was refused may be asked again. */
  forgive(): void {
    for (const { inquiry } of this.#entries.values()) inquiry.forgive();
  }

  /** Forgets every token and calls off the flights. Why the last one failed stays known. */
  forget(): void {
    for (const { inquiry } of this.#entries.values()) inquiry.forget();
  }

  get awaited(): boolean {
    return [...this.#entries.values()].some(({ inquiry }) => inquiry.awaited);
  }

  callOff(): void {
    for (const { inquiry } of this.#entries.values()) inquiry.callOff();
  }

  rejectAll(error: unknown): void {
    for (const { inquiry } of this.#entries.values()) inquiry.rejectAll(error);
  }

  #lasts(entry: Entry, token: AccessToken, minValidity: number, now: Instant): boolean {
    if (token.expiresAt === undefined) return true;
    const life = token.expiresAt - entry.issuedAt;
    // With no silent renewal a longer-lived token is not to be had: what lives will do.
    const needed = this.#options.silent ? Math.min(minValidity, life * largestMinValidity) : 0;
    return now < token.expiresAt - needed || (this.#isRefused(entry) && now < token.expiresAt);
  }

  #isRefused({ inquiry }: Entry): boolean {
    return inquiry.failure?.error.retryable === false;
  }

  #mayRefresh(entry: Entry, now: Instant): boolean {
    return this.#options.silent && now >= entry.refreshAt;
  }

  #dueAt(entry: Entry): Instant {
    const { env } = this.#options;
    const { inquiry, users } = entry;
    if (inquiry.fetching) return Number.POSITIVE_INFINITY;
    // Without a network only a caller is reason enough to try; `online` brings the rest back.
    if (!env.isOnline() && !inquiry.awaited) return Number.POSITIVE_INFINITY;
    if (inquiry.failure) return inquiry.failure.retryAt;
    if (inquiry.awaited) return 0;
    if (users === 0) return Number.POSITIVE_INFINITY;
    if (!inquiry.answer) return 0;
    return this.#options.silent ? entry.refreshAt : Number.POSITIVE_INFINITY;
  }

  #entry(request: AccessTokenRequest): Entry {
    const key = keyOf(request);
    const known = this.#entries.get(key);
    if (known) return known;
    const { queries, env, clock, sourceName, patience, onChange, emit } = this.#options;
    const named = nameOf(request);
    const entry: Entry = {
      request: named,
      issuedAt: 0,
      refreshAt: Number.POSITIVE_INFINITY,
      stalls: 0,
      ready: Promise.resolve(''),
      users: 0,
      state: untouched,
      inquiry: new Inquiry<AccessToken>({
        queries,
        queryKey: ['access-token', key],
        env,
        clock,
        sourceName,
        patience,
        onChange,
        ask: (forceRefresh, signal) => this.#ask(named, forceRefresh, signal),
        onAnswer: (token, before) => this.#onAnswer(entry, token, before),
        onFailure: (error) =>
          emit({ type: 'access-token-refresh-failed', at: clock.now(), ...named, error }),
      }),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** One at a time; an answer that is dead on arrival is no answer. */
  #ask(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ): Promise<AccessToken> {
    const { ask, clock, sourceName } = this.#options;
    const turn = this.#queue.then(async () => {
      signal.throwIfAborted();
      const token = await ask(request, forceRefresh, signal);
      if (isAlive(token, clock.now())) return token;
      const renewed = forceRefresh ? token : await ask(request, true, signal);
      if (isAlive(renewed, clock.now())) return renewed;
      throw new SessionError(
        'ERR_BAD_RESPONSE',
        `The source "${sourceName}" answered with an access token that is already dead. Check its expiry, and the clocks of the server and of this device.`,
      );
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #onAnswer(entry: Entry, token: AccessToken, before: AccessToken | undefined): void {
    const { clock, env, emit } = this.#options;
    const now = clock.now();
    const moved =
      before?.expiresAt === undefined || (token.expiresAt ?? Infinity) > before.expiresAt;
    entry.stalls = moved ? 0 : entry.stalls + 1;
    entry.ready = Promise.resolve(token.value);
    entry.issuedAt = Math.min(token.issuedAt ?? now, now);
    const drawn = this.#drawRefresh(entry, token);
    // The storm guard: what did not help is not repeated at once, whatever the clock says.
    entry.refreshAt = moved ? drawn : Math.max(drawn, now + backoff(entry.stalls, env.random()));
    if (moved) {
      const expiresAt = token.expiresAt ?? null;
      emit({ type: 'access-token-refreshed', at: now, ...entry.request, expiresAt });
    }
  }

  #drawRefresh(entry: Entry, token: AccessToken): Instant {
    if (token.expiresAt === undefined) return Number.POSITIVE_INFINITY;
    const {
      env,
      window: [from, to],
    } = this.#options;
    const part = from + env.random() * (to - from);
    return entry.issuedAt + part * (token.expiresAt - entry.issuedAt);
  }
}

const noToken: TokenFact = { token: null, issuedAt: 0, fetching: false, error: null };
const untouched: AccessTokenState = deriveToken(noToken, 0).state;

function factOf({ inquiry, issuedAt }: Entry): TokenFact {
  return {
    token: inquiry.answer ?? null,
    issuedAt,
    fetching: inquiry.fetching,
    error: inquiry.failure?.error ?? null,
  };
}

function nameOf({ audience, scope }: AccessTokenRequest): AccessTokenRequest {
  return {
    ...(audience !== undefined && { audience }),
    ...(scope !== undefined && { scope }),
  };
}

function keyOf({ audience, scope }: AccessTokenRequest): string {
  return audience === undefined && scope === undefined ? '' : JSON.stringify([audience, scope]);
}
