import type { Clock } from './clock.js';
import type { Environment } from './environment.js';
import type { Instant } from './types.js';

/**
 * A timer that slept through a suspended device rings late by as much, so none is set for longer
 * than this. It also keeps far from 2^31−1 ms, past which browsers ring at once.
 */
const longestNap = 30_000;

/** One alarm for one instant. It may ring early; who set it looks at the clock and sets it again. */
export class Alarm {
  readonly #env: Environment;
  readonly #clock: Clock;
  readonly #ring: () => void;
  #cancel: (() => void) | null = null;

  constructor(env: Environment, clock: Clock, ring: () => void) {
    this.#env = env;
    this.#clock = clock;
    this.#ring = ring;
  }

  set(at: Instant): void {
    this.clear();
    if (at === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(Math.max(Math.ceil(at - this.#clock.now()), 0), longestNap);
    this.#cancel = this.#env.setTimer(wait, () => {
      this.#cancel = null;
      this.#ring();
    });
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
