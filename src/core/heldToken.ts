import { replaceEqualDeep } from '@tanstack/react-query';
import { backoff } from './backoff.js';
import type { Clock } from './clock.js';
import { deriveToken, type TokenFact } from './derive.js';
import type { Environment } from './environment.js';
import { Inquiry, type InquiryOptions } from './inquiry.js';
import type { AccessTokenState } from './snapshot.js';
import type { AccessToken, Instant } from './types.js';

/** `minValidity` may ask for no more than this part of a short token's life. */
const largestMinValidity = 0.2;

const never = Number.POSITIVE_INFINITY;

export const noToken: TokenFact = { token: null, issuedAt: 0, fetching: false, error: null };
export const untouched: AccessTokenState = deriveToken(noToken, 0).state;

export interface HeldTokenOptions extends Omit<InquiryOptions<AccessToken>, 'onAnswer'> {
  env: Environment;
  clock: Clock;
  window: readonly [from: number, to: number];
  /** Whether it is renewed without a person. */
  silent: boolean;
  /** It was renewed, and lives longer than the one before. */
  onRenewed: (token: AccessToken) => void;
}

/** One access token: its question, its dates, who uses it, and when it is due for renewal. */
export class HeldToken {
  readonly inquiry: Inquiry<AccessToken>;
  readonly #options: HeldTokenOptions;
  #issuedAt: Instant = 0;
  /** The random instant at which this very token is refreshed. */
  #refreshAt: Instant = never;
  /** Renewals in a row that did not move its end. */
  #stalls = 0;
  #users = 0;
  #state: AccessTokenState = untouched;
  /** The value as a resolved promise: a call with a token in hand costs an `await`. */
  #ready: Promise<string> = Promise.resolve('');

  constructor(options: HeldTokenOptions) {
    this.#options = options;
    this.inquiry = new Inquiry({
      ...options,
      onAnswer: (token, before) => this.#onAnswer(token, before),
    });
  }

  /** What can be seen of it, as of the latest `settle`; the same object until it changes. */
  get state(): AccessTokenState {
    return this.#state;
  }

  get fact(): TokenFact {
    const { answer, fetching, failure } = this.inquiry;
    return {
      token: answer ?? null,
      issuedAt: this.#issuedAt,
      fetching,
      error: failure?.error ?? null,
    };
  }

  /** Brings `state` up to `now`; returns when it changes by itself. */
  settle(now: Instant): Instant {
    const { state, wakeAt } = deriveToken(this.fact, now);
    this.#state = replaceEqualDeep(this.#state, state);
    return wakeAt;
  }

  /** The token, where it stays valid for `minValidity` ms. */
  peek(minValidity: number, now: Instant): Promise<string> | undefined {
    const { answer, failure } = this.inquiry;
    if (!answer) return undefined;
    // No better one is to be had: what lives will do.
    const isLast = !this.#options.silent || failure?.error.retryable === false;
    if (now >= this.#endOf(answer, isLast ? 0 : minValidity)) return undefined;
    // Nobody keeps it fresh: this read does, in the background.
    if (this.#users === 0 && now >= this.#refreshAt) this.inquiry.ask(true);
    return this.#ready;
  }

  use(): () => void {
    this.#users++;
    return () => {
      this.#users--;
    };
  }

  /** When to ask for it next. */
  dueAt(): Instant {
    const { fetching, awaited, failure, answer } = this.inquiry;
    if (fetching) return never;
    // Without a network only a caller is reason enough to try; `online` brings the rest back.
    if (!this.#options.env.isOnline() && !awaited) return never;
    if (failure) return failure.retryAt;
    if (awaited) return 0;
    if (this.#users === 0) return never;
    return answer ? this.#refreshAt : 0;
  }

  /** The reckoning by which its end was computed was wrong by `shift` ms; a later end is not believed. */
  shift(shift: number): void {
    const { answer } = this.inquiry;
    if (answer?.expiresAt === undefined || shift >= 0) return;
    this.#issuedAt += shift;
    this.#refreshAt += shift;

    this.inquiry.amend({ ...answer, expiresAt: answer.expiresAt + shift });
  }

  #endOf({ expiresAt }: AccessToken, minValidity: number): Instant {
    if (expiresAt === undefined) return never;
    const life = expiresAt - this.#issuedAt;
    return expiresAt - Math.min(minValidity, life * largestMinValidity);
  }

  #onAnswer(token: AccessToken, before: AccessToken | undefined): void {
    const { clock, env, silent, onRenewed } = this.#options;
    const now = clock.now();
    this.#ready = Promise.resolve(token.value);
    this.#issuedAt = Math.min(token.issuedAt ?? now, now);
    const moved = endsLater(token, before);
    this.#stalls = moved ? 0 : this.#stalls + 1;
    const drawn = silent ? this.#drawRefresh(token) : never;
    // The storm guard: what did not help is not repeated at once, whatever the clock says.
    const earliest = moved ? 0 : now + backoff(this.#stalls, env.random());
    this.#refreshAt = Math.max(drawn, earliest);
    if (moved) onRenewed(token);
  }

  #drawRefresh({ expiresAt }: AccessToken): Instant {
    if (expiresAt === undefined) return never;
    const { env, window } = this.#options;
    const [from, to] = window;
    const part = from + env.random() * (to - from);
    return this.#issuedAt + part * (expiresAt - this.#issuedAt);
  }
}

function endsLater(token: AccessToken, before: AccessToken | undefined): boolean {
  if (before?.expiresAt === undefined) return true;
  return (token.expiresAt ?? never) > before.expiresAt;
}
