import { isAlive, type TokenFact } from './deriveToken.js';
import { given } from './given.js';
import { HeldToken, type HeldTokenOptions, noToken, shifted, untouched } from './heldToken.js';
import type { AccessTokenState, SessionEvent } from './snapshot.js';
import { isNewer, type Stamp } from './stamp.js';
import type { SharedToken } from './tabMessages.js';
import { TokenTurns, type TokenTurnsOptions } from './tokenTurns.js';
import type { AccessTokenRequest, Instant } from './types.js';

type Shared = Omit<
  HeldTokenOptions,
  'queryKey' | 'ask' | 'onRenewed' | 'onFailure' | keyof TokenTurnsOptions
>;

export interface AccessTokensOptions extends Shared, TokenTurnsOptions {
  onEvent: (event: SessionEvent) => void;
}

/** The access tokens of one source, by audience and scope. */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #held = new Map<string, HeldToken>();
  readonly #turns: TokenTurns;
  #wakeAt: Instant = Number.POSITIVE_INFINITY;

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    this.#turns = new TokenTurns(options);
  }

  /** Whether tokens are renewed without a person. */
  get silent(): boolean {
    return this.#options.silent;
  }

  /** When a token's state changes by itself; as of the latest `settle`. */
  get wakeAt(): Instant {
    return this.#wakeAt;
  }

  /** When `run` has something to do next. */
  get dueAt(): Instant {
    return Math.min(...this.#each((held) => held.dueAt()));
  }

  get awaited(): boolean {
    return this.#each(({ inquiry }) => inquiry.awaited).includes(true);
  }

  get failing(): boolean {
    return this.#each(({ isFailing }) => isFailing).includes(true);
  }

  /** A token in hand that stays valid for `minValidity` ms, or `undefined`. Costs next to nothing. */
  peek(
    request: AccessTokenRequest,
    minValidity: number,
    now: Instant,
  ): Promise<string> | undefined {
    return this.#held.get(keyOf(request))?.peek(minValidity, now);
  }

  /** Waits for a token, asking the source where need be. Rejects with a `SessionError`. */
  async obtain(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal?: AbortSignal,
  ): Promise<string> {
    const { inquiry } = this.#hold(request);
    const seen = inquiry.answer?.token.value;
    const waiting = inquiry.wait(({ token }) => !forceRefresh || token.value !== seen, signal);
    inquiry.ask(forceRefresh || seen !== undefined);
    return (await waiting).token.value;
  }

  /** Puts a token in use: it is fetched now and kept fresh. Returns how to let it go. */
  use(request: AccessTokenRequest): () => void {
    const { onChange } = this.#options;
    const release = this.#hold(request).use();
    onChange();
    return () => {
      release();
      onChange();
    };
  }

  /** The value of a token in hand and alive, or `null`. */
  value(request: AccessTokenRequest): string | null {
    const { token } = this.fact(request);
    return isAlive(token, this.#options.clock.now()) ? (token?.value ?? null) : null;
  }

  fact(request: AccessTokenRequest): TokenFact {
    return this.#held.get(keyOf(request))?.fact ?? noToken;
  }

  /** One token's state as of the latest `settle`. */
  state(request: AccessTokenRequest): AccessTokenState {
    return this.#held.get(keyOf(request))?.state ?? untouched;
  }

  /** Brings every token's state up to `now`; whether any has changed. */
  settle(now: Instant): boolean {
    const before = this.#each(({ state }) => state);
    this.#wakeAt = Math.min(...this.#each((held) => held.settle(now)));
    return this.#each(({ state }) => state).some((state, index) => state !== before[index]);
  }

  /** Asks for all tokens that are due. */
  run(): void {
    const now = this.#options.clock.now();
    this.#each(
      (held) => held.dueAt() <= now && held.inquiry.ask(held.inquiry.answer !== undefined),
    );
  }

  hurry(): void {
    this.#each((held) => held.hurry());
  }

  shift(shift: number): void {
    this.#each((held) => held.shift(shift));
  }

  /** What the sibling tabs may know. */
  shared(): SharedToken[] {
    return [...this.#held].flatMap(([key, { inquiry }]) =>
      inquiry.answer ? this.#turns.share(requestOf(key), inquiry.answer) : [],
    );
  }

  /** Takes what a sibling has, where it is newer than the sign-in of `since`; its time is `ahead` of ours. */
  adopt(told: SharedToken, since: Stamp, ahead: number): void {
    const { token, stamp, issuedAt, refreshAt, sub, request } = told;
    if (sub !== this.#options.owner() || !isNewer(stamp, since)) return;
    const held = this.#hold(request);
    if (!token) return void held.hearOfNewer(stamp);
    const dated = { token, stamp, issuedAt, refreshAt };
    // A later end is not believed.
    held.adopt(shifted(dated, Math.min(-ahead, 0)), this.#options.clock.now());
  }

  /** Whatever was refused may be asked again. */
  forgive(): void {
    this.#each(({ inquiry }) => inquiry.forgive());
  }

  /** Forgets every token and calls off the flights; that one was refused stays known. */
  forget(): void {
    this.#each(({ inquiry }) => inquiry.forget());
  }

  callOff(): void {
    this.#each(({ inquiry }) => inquiry.callOff());
  }

  rejectAll(error: unknown): void {
    this.#each(({ inquiry }) => inquiry.rejectAll(error));
  }

  #each<Result>(visit: (held: HeldToken) => Result): Result[] {
    return [...this.#held.values()].map(visit);
  }

  #hold(request: AccessTokenRequest): HeldToken {
    const key = keyOf(request);
    const known = this.#held.get(key);
    if (known) return known;
    const { clock, onEvent } = this.#options;
    const named = nameOf(request);
    const held = new HeldToken({
      ...this.#options,
      queryKey: ['access-token', key],
      ask: (forceRefresh, signal) => this.#turns.ask(held, named, forceRefresh, signal),
      onRenewed: ({ expiresAt = null }) =>
        onEvent({ type: 'access-token-refreshed', at: clock.now(), ...named, expiresAt }),
      onFailure: (error) =>
        onEvent({ type: 'access-token-refresh-failed', at: clock.now(), ...named, error }),
    });
    this.#held.set(key, held);
    return held;
  }
}

function nameOf({ audience, scope }: AccessTokenRequest): AccessTokenRequest {
  return given({ audience, scope });
}

function requestOf(key: string): AccessTokenRequest {
  const [audience, scope] = key === '' ? [] : (JSON.parse(key) as (string | null)[]);
  return nameOf({ ...(audience != null && { audience }), ...(scope != null && { scope }) });
}

function keyOf({ audience, scope }: AccessTokenRequest): string {
  return audience === undefined && scope === undefined ? '' : JSON.stringify([audience, scope]);
}
