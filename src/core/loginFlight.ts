import { loginCancelled } from './endings.js';
import type { Environment } from './environment.js';

/** Two presses within this time are one (ms). */
const onePress = 1_000;

interface Flight {
  readonly begunAt: number;
  readonly done: Promise<void>;
  readonly controller: AbortController;
}

/** The sign-in that is under way. A later one takes its place: its window may be lost behind others. */
export class LoginFlight {
  readonly #env: Environment;
  #current: Flight | null = null;

  constructor(env: Environment) {
    this.#env = env;
  }

  begin(login: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const begunAt = this.#env.monotonicNow();
    if (this.#current && begunAt - this.#current.begunAt < onePress) return this.#current.done;
    this.cancel();
    const controller = new AbortController();
    const done = login(controller.signal).finally(() => {
      if (this.#current === flight) this.#current = null;
    });
    const flight = { begunAt, controller, done };
    this.#current = flight;
    return done;
  }

  cancel(): void {
    this.#current?.controller.abort(loginCancelled());
    this.#current = null;
  }
}
