import type { Environment } from '../environment.js';
import type { Config } from '../model/config.js';
import type { Input } from '../model/input.js';
import type { State } from '../model/state.js';
import type { Instant } from '../types.js';

/** What the parts of the shell share: the platform, the state, and the function that changes the state. */
export interface ClientContext {
  readonly env: Environment;
  readonly config: Config;
  getState(): State;
  /** Updates the state and runs the effects that follow from it; listeners are called last. */
  dispatch(input: Input): void;
  /** The device time (epoch ms), see `model/clock.ts`. */
  deviceNow(): number;
  /** The server's time as far as it is known (epoch ms). */
  now(): Instant;
}
