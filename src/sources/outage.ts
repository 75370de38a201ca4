import type { Instant } from '../core/types.js';

/** Failures that may be an outage, as long as they follow on each other. */
export interface Outage {
  /** One more failure. Whether they last too long for an outage. */
  fail(now: Instant): boolean;
  end(): void;
}

/** `patience`: how long an outage may last (ms). */
export function watchOutage(patience: number): Outage {
  let since: Instant = 0;
  let latest: Instant = 0;
  return {
    fail(now) {
      if (now - latest > patience) since = now;
      latest = now;
      return now - since >= patience;
    },
    end() {
      latest = 0;
    },
  };
}
