import { backoff } from './backoff.js';
import type { Clock } from './clock.js';
import type { Environment } from './environment.js';
import type { SessionError } from './errors.js';
import type { Instant } from './types.js';

/** The person may be back: a retry is brought forward, but no sooner than this after the last try (ms). */
const shortestPause = 1_000;

/** The latest failure, and when the question is asked again. */
export interface Failure {
  readonly error: SessionError;
  /** Epoch ms; `Infinity`: not by itself. */
  readonly retryAt: Instant;
}

/** The failures in a row of one question, and when it is worth another try. */
export class Retry {
  readonly #env: Environment;
  readonly #clock: Clock;
  #failure: Failure | null = null;
  #failures = 0;
  #triedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(env: Environment, clock: Clock) {
    this.#env = env;
    this.#clock = clock;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** It is being tried. */
  begin(): void {
    this.#triedAt = this.#clock.now();
  }

  /** It has failed; `isFinal`: it is not tried again by itself. */
  fail(error: SessionError, isFinal: boolean): void {
    this.#failures++;
    const wait = backoff(this.#failures, this.#env.random(), error.retryAfter);
    const retryAt = isFinal ? Number.POSITIVE_INFINITY : this.#clock.now() + wait;
    this.#failure = { error, retryAt };
  }

  /** It has succeeded, or nothing that was before counts any more. */
  clear(): void {
    this.#failure = null;
    this.#failures = 0;
  }

  /** The failure is history, say because the person has signed in; a server's named time is not. */
  forgive(): void {
    if (!this.#isNamed) this.clear();
  }

  /** The person may be back, or the network. */
  hurry(): void {
    if (!this.#failure || this.#isNamed) return;
    const soon = Math.max(this.#clock.now(), this.#triedAt + shortestPause);
    this.#failure = { ...this.#failure, retryAt: Math.min(this.#failure.retryAt, soon) };
  }

  /** A server that named its time gets it. */
  get #isNamed(): boolean {
    const error = this.#failure?.error;
    return error?.retryable === true && error.retryAfter !== undefined;
  }
}
