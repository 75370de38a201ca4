import { replaceEqualDeep } from '@tanstack/react-query';
import { backoff } from './backoff.js';
import type { Clock } from './clock.js';
import { deriveToken, isAlive, type TokenFact } from './deriveToken.js';
import type { Environment } from './environment.js';
import { Inquiry, type InquiryOptions } from './inquiry.js';
import { once } from './once.js';
import type { AccessTokenState } from './snapshot.js';
import { isNewer, type Stamp, unstamped } from './stamp.js';
import type { AccessToken, Instant } from './types.js';

/** `minValidity` may ask for no more than this part of a short token's life. */
const largestMinValidity = 0.2;

const never = Number.POSITIVE_INFINITY;

export const noToken: TokenFact = { token: null, issuedAt: 0, fetching: false, error: null };
export const untouched: AccessTokenState = deriveToken(noToken, 0).state;

/** A token with its dates, drawn once and the same in all tabs. */
export interface DatedToken {
  readonly token: AccessToken;
  /** When its life began. */
  readonly issuedAt: Instant;
  /** The random instant at which this very token is refreshed. */
  readonly refreshAt: Instant;
  readonly stamp: Stamp;
}

export interface HeldTokenOptions extends Omit<InquiryOptions<DatedToken>, 'onAnswer'> {
  env: Environment;
  clock: Clock;
  /** Whether it is renewed without a person. */
  silent: boolean;
  /** It was renewed, and lives longer than the one before. */
  onRenewed: (token: AccessToken) => void;
}

/** One access token: its question, who uses it, and when it is due for renewal. */
export class HeldToken {
  readonly inquiry: Inquiry<DatedToken>;
  readonly #options: HeldTokenOptions;
  /** Renewals in a row that did not move its end, and when the next is due at the earliest. */
  #stalls = 0;
  #earliest: Instant = 0;
  #users = 0;
  #elsewhere: Stamp = unstamped;
  #state: AccessTokenState = untouched;
  /** The value as a resolved promise: a call with a token in hand costs an `await`. */
  #ready: Promise<string> = Promise.resolve('');

  constructor(options: HeldTokenOptions) {
    this.#options = options;
    this.inquiry = new Inquiry({
      ...options,
      onAnswer: (dated, before) => this.#onAnswer(dated, before),
    });
  }

  /** What can be seen of it, as of the latest `settle`; the same object until it changes. */
  get state(): AccessTokenState {
    return this.#state;
  }

  get fact(): TokenFact {
    const { answer, fetching, failure } = this.inquiry;
    return {
      token: answer?.token ?? null,
      issuedAt: answer?.issuedAt ?? 0,
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
    const isRefused = failure?.error.retryable === false;
    const isLast = !this.#options.silent || isRefused || now < this.#earliest;
    if (now >= endOf(answer, isLast ? 0 : minValidity)) return undefined;
    // Nobody keeps it fresh: this read does, in the background.
    if (this.#users === 0 && now >= this.#refreshAt(answer)) this.inquiry.ask(true);
    return this.#ready;
  }

  use(): () => void {
    this.#users++;
    return once(() => {
      this.#users--;
    });
  }

  /** Takes what a sibling tab has, where it is newer and alive. */
  adopt(dated: DatedToken, now: Instant): void {
    const held = this.inquiry.answer?.stamp ?? unstamped;
    if (isNewer(dated.stamp, held) && isAlive(dated.token, now)) this.inquiry.adopt(dated);
  }

  /** A sibling has a newer one, and does not share it. */
  hearOfNewer(stamp: Stamp): void {
    if (isNewer(stamp, this.#elsewhere)) this.#elsewhere = stamp;
  }

  get isRenewedElsewhere(): boolean {
    return isNewer(this.#elsewhere, this.inquiry.answer?.stamp ?? unstamped);
  }

  /** Whether somebody needs it, and it cannot be had for now. */
  get isFailing(): boolean {
    const { awaited, failure } = this.inquiry;
    return (this.#users > 0 || awaited) && failure?.error.retryable === true;
  }

  /** The person may be back; what was refused for good waits for a sign-in. */
  hurry(): void {
    if (this.inquiry.failure?.error.retryable) this.inquiry.hurry();
  }

  /** When to ask for it next. */
  dueAt(): Instant {
    const { fetching, awaited, failure, answer } = this.inquiry;
    if (fetching || (this.#users === 0 && !awaited)) return never;
    // Without a network only a caller is reason enough to try; `online` brings the rest back.
    if (!this.#options.env.isOnline() && !awaited) return never;
    if (failure) return failure.retryAt;
    if (awaited) return 0;
    return answer ? this.#refreshAt(answer) : 0;
  }

  /** The reckoning by which its end was computed was wrong by `shift` ms; a later end is not believed. */
  shift(shift: number): void {
    const { answer } = this.inquiry;
    if (answer && shift < 0) this.inquiry.amend(shifted(answer, shift));
  }

  #refreshAt({ refreshAt }: DatedToken): Instant {
    return this.#options.silent ? Math.max(refreshAt, this.#earliest) : never;
  }

  #onAnswer({ token }: DatedToken, before: DatedToken | undefined): void {
    const { clock, env, onRenewed } = this.#options;
    this.#ready = Promise.resolve(token.value);
    const moved = endsLater(token, before?.token);
    this.#stalls = moved ? 0 : this.#stalls + 1;
    // The storm guard: what did not help is not repeated at once, whatever the clock says.
    this.#earliest = moved ? 0 : clock.now() + backoff(this.#stalls, env.random());
    if (moved) onRenewed(token);
  }
}

/** The same on a clock that is by `shift` ms ahead of the one it was dated by. */
export function shifted(dated: DatedToken, shift: number): DatedToken {
  const { token, issuedAt, refreshAt } = dated;
  const { expiresAt } = token;
  return {
    ...dated,
    issuedAt: issuedAt + shift,
    refreshAt: refreshAt + shift,
    token: expiresAt === undefined ? token : { ...token, expiresAt: expiresAt + shift },
  };
}

function endOf({ token: { expiresAt }, issuedAt }: DatedToken, minValidity: number): Instant {
  if (expiresAt === undefined) return never;
  return expiresAt - Math.min(minValidity, (expiresAt - issuedAt) * largestMinValidity);
}

function endsLater(token: AccessToken, before: AccessToken | undefined): boolean {
  if (before?.expiresAt === undefined) return true;
  return (token.expiresAt ?? never) > before.expiresAt;
}
