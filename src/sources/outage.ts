import type { Instant } from '../core/types.js';

/** Failures that may be an outage, as long as they follow on each other. */
export class Outage {
  readonly #patience: number;
  #since: Instant = 0;
  #latest: Instant = 0;

  /** `patience`: how long an outage may last (ms). */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** One more failure. Whether they last too long for an outage. */
  lastsTooLong(now: Instant): boolean {
    if (now - this.#latest > this.#patience) this.#since = now;
    this.#latest = now;
    return now - this.#since >= this.#patience;
  }

  end(): void {
    this.#latest = 0;
  }
}
