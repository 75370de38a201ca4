import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionClientOptions } from '../core/options.js';
import { SessionClient } from '../core/shell/sessionClient.js';
import type { SessionSource } from '../core/types.js';
import { teachDialogs } from './dialogs.js';
import { TestClock } from './testClock.js';

/** What a client may be made with besides its source; what is `undefined` is as if not given. */
export type TestClientSettings = {
  [Option in Exclude<keyof SessionClientOptions, 'source'>]?:
    | SessionClientOptions[Option]
    | undefined;
} & {
  /** Whose time the client lives in. Default: a clock of its own. */
  clock?: TestClock | undefined;
};

/**
 * A client that lives in a test's time, alone in its browser. It is not started: a `SessionProvider`
 * does that. Throws a `TypeError` for a source or a policy that is none.
 */
export function createTestClient(
  options: TestClientSettings & { source: SessionSource },
): SessionClient {
  const { source, clock = new TestClock(), ...others } = options;
  // For the components that a test may show with it.
  teachDialogs();
  return new SessionClient({ source, ...omitUndefined(others) }, clock.environment);
}
