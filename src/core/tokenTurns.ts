import type { Clock } from './clock.js';
import { isAlive } from './deriveToken.js';
import type { Environment } from './environment.js';
import { SessionError } from './errors.js';
import type { DatedToken, HeldToken } from './heldToken.js';
import { drawRefresh } from './refreshWindow.js';
import type { SourceCalls } from './sourceCalls.js';
import type { SharedToken } from './tabMessages.js';
import type { Tabs } from './tabs.js';
import type { Turn } from './turns.js';
import type { AccessToken, AccessTokenRequest, Instant } from './types.js';

export interface TokenTurnsOptions {
  env: Environment;
  clock: Clock;
  calls: SourceCalls;
  tabs: Tabs;
  sourceName: string;
  /** The part of a token's life in which it is refreshed. */
  window: readonly [from: number, to: number];
  /** Whether the sibling tabs are given the tokens, or only told that there are new ones. */
  shareTokens: boolean;
  /** Whose session it is. */
  owner: () => string | null;
}

/** Asks for tokens in turn with the sibling tabs, dates what comes, and tells them of it. */
export class TokenTurns {
  readonly #options: TokenTurnsOptions;

  constructor(options: TokenTurnsOptions) {
    this.#options = options;
  }

  /** A token from a sibling or from the source, when it is this tab's turn. */
  ask(
    held: HeldToken,
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ): Promise<DatedToken> {
    const { calls, tabs } = this.#options;
    const seen = held.inquiry.answer?.token.value;
    // A sibling may have renewed it while this tab waited for its turn.
    const adopted = (): DatedToken | undefined => {
      const { answer } = held.inquiry;
      const isNew = answer && answer.token.value !== seen && isAlive(answer.token, this.#now);
      return isNew ? answer : undefined;
    };
    const work = async ({ waited }: Turn): Promise<DatedToken> => {
      signal.throwIfAborted();
      // Its SDK has stored a new refresh token, which ours may not see yet.
      if (!adopted()) await tabs.words.letStorageArrive(waited);
      signal.throwIfAborted();
      const renewed = adopted();
      if (renewed) return renewed;
      const dated = this.#date(await this.#askNewer(held, request, forceRefresh, signal));
      tabs.tell({ tokens: this.share(request, dated) });
      return dated;
    };
    // Refresh tokens of one source are one family, whatever the audience: one turn for all of them.
    return tabs.turns.take(signal, work, () => calls.quiet());
  }

  /** Where a sibling has renewed it and may not say it, the source's cache may have what it got. */
  async #askNewer(
    held: HeldToken,
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ): Promise<AccessToken> {
    if (forceRefresh && held.isRenewedElsewhere) {
      const token = await this.#askAlive(request, false, signal);
      if (token.value !== held.inquiry.answer?.token.value) return token;
    }
    return this.#askAlive(request, forceRefresh, signal);
  }

  /** A token that is dead on arrival is no answer; one from the source's cache gives way to a new one. */
  async #askAlive(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ): Promise<AccessToken> {
    const { calls, clock, sourceName } = this.#options;
    const token = await calls.getAccessToken(request, forceRefresh, signal);
    if (isAlive(token, clock.now())) return token;
    if (!forceRefresh) return this.#askAlive(request, true, signal);
    throw new SessionError(
      'ERR_BAD_RESPONSE',
      `The source "${sourceName}" answered with an access token that is already dead. Check its expiry, and the clocks of the server and of this device.`,
    );
  }

  get #now(): Instant {
    return this.#options.clock.now();
  }

  #date(token: AccessToken): DatedToken {
    const { env, tabs, window } = this.#options;
    const issuedAt = Math.min(token.issuedAt ?? this.#now, this.#now);
    const refreshAt = drawRefresh(token, issuedAt, window, env.random());
    return { token, issuedAt, refreshAt, stamp: tabs.stamp() };
  }

  /** What the sibling tabs may know of it. */
  share(request: AccessTokenRequest, dated: DatedToken): SharedToken[] {
    const { owner, shareTokens } = this.#options;
    const sub = owner();
    return sub === null
      ? []
      : [{ ...dated, request, sub, token: shareTokens ? dated.token : null }];
  }
}
