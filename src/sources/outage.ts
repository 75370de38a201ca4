import type { Instant } from '../core/types.js';

/** Measures how long successive failures last. */
export interface Outage {
  /** Records a failure. Returns whether the failures have lasted too long for an outage. */
  recordFailure(now: Instant): boolean;
  reset(): void;
}

/** `maxDuration`: how long an outage may last (ms). */
export function trackOutage(maxDuration: number): Outage {
  let since: Instant = 0;
  let latest: Instant = 0;
  return {
    recordFailure(now) {
      if (now - latest > maxDuration) since = now;
      latest = now;
      return now - since >= maxDuration;
    },
    reset() {
      latest = 0;
    },
  };
}
