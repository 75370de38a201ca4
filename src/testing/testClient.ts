import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionClientOptions } from '../core/options.js';
import type { SessionSource } from '../core/sessionSource.js';
import { createSessionClient } from '../core/shell/createSessionClient.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { polyfillDialogs } from './dialogPolyfill.js';
import { TestClock } from './testClock.js';

/** The options of a test client besides its source. An `undefined` option has its default. */
export type TestClientSettings = {
  [Option in Exclude<keyof SessionClientOptions, 'source'>]?:
    | SessionClientOptions[Option]
    | undefined;
} & {
  /** The clock that controls the client's time. Default: a new one. */
  clock?: TestClock | undefined;
};

/**
 * Creates a client whose time a `TestClock` controls, without other tabs. It is not started: call
 * `start()`, or pass it to a `SessionProvider`. Throws a `TypeError` for an invalid source or policy.
 */
export function createTestClient(
  options: TestClientSettings & { source: SessionSource },
): SessionClient {
  const { source, clock = new TestClock(), ...others } = options;
  // For a test that renders the dialogs with this client.
  polyfillDialogs();
  return createSessionClient({ source, ...omitUndefined(others) }, clock.environment);
}
