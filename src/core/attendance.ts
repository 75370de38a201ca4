import type { Environment } from './environment.js';
import type { Instant } from './types.js';

/** An alarm naps for 30 s, in a hidden page for a minute: who looks later than this was frozen (ms). */
const longestNap = 90_000;
/** Who comes back within this time has missed nothing (ms). */
const shortestAbsence = 10_000;
const longAbsence = 60_000;

/** `missed`: siblings may know better. `stale`: so long that they may be gone, and only the source knows. */
export type Presence = 'here' | 'missed' | 'stale';

/** Whether the page was there all the time, or was hidden, frozen or kept for "back". */
export class Attendance {
  readonly #env: Environment;
  #isSuspended = false;
  #lookedAt: Instant;
  #greetedAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(env: Environment) {
    this.#env = env;
    this.#lookedAt = env.monotonicNow();
  }

  /** The page is about to be frozen, or is: it neither looks nor sets an alarm. */
  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  suspend(): void {
    this.#isSuspended = true;
  }

  /** The siblings are being asked what was missed. */
  greet(): void {
    this.#isSuspended = false;
    this.#greetedAt = this.#env.monotonicNow();
  }

  /** The page looks at the clock; `stirred`: because a person may be back. */
  look(stirred: boolean): Presence {
    const before = this.#lookedAt;
    this.#lookedAt = this.#env.monotonicNow();
    const wasFrozen = this.#isSuspended || this.#lookedAt - before > longestNap;
    const missed = stirred ? this.#lookedAt - this.#greetedAt : 0;
    if (wasFrozen || missed > longAbsence) return 'stale';
    return missed > shortestAbsence ? 'missed' : 'here';
  }
}
