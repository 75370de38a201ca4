import type { SessionClientOptions } from '../core/options.js';
import { SessionClient } from '../core/sessionClient.js';
import { TestClock } from './testClock.js';

export interface TestClientOptions extends SessionClientOptions {
  /** Whose time the client lives in. Default: a clock of its own. */
  clock?: TestClock | undefined;
}

/**
 * A client that lives in a test's time, alone in its browser. It is not started: a `SessionProvider`
 * does that. Throws a `TypeError` for a source or a policy that is none.
 */
export function createTestClient({
  clock = new TestClock(),
  ...options
}: TestClientOptions): SessionClient {
  return new SessionClient(options, clock.environment);
}
