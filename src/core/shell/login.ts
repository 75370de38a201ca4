import { toMsOrZero } from '../duration.js';
import { makeError } from '../errorMessages.js';
import { omitUndefined } from '../omitUndefined.js';
import { checkReturnTo } from '../returnTo.js';
import type { LoginRequest } from '../types.js';
import type { Runtime } from './runtime.js';

/** Two presses within this time are one (ms). */
const onePress = 1_000;

interface Attempt {
  readonly startedAt: number;
  readonly done: Promise<void>;
  readonly controller: AbortController;
}

/** The sign-in that is under way. A later one replaces it: its window may be hidden behind others. */
export class Login {
  readonly #runtime: Runtime;
  #current: Attempt | null = null;
  #lastId = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** An id for an act of the user. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Rejects with a `TypeError` for a bad `returnTo` or `maxAge`. */
  async start(request: LoginRequest): Promise<void> {
    checkReturnTo(request.returnTo);
    toMsOrZero(request.maxAge ?? 0, 'maxAge');
    const startedAt = this.#runtime.deviceNow();
    if (this.#current && startedAt - this.#current.startedAt < onePress) return this.#current.done;
    this.cancel();
    const controller = new AbortController();
    const done = this.#signIn(request, controller.signal).finally(() => {
      if (this.#current === attempt) this.#current = null;
    });
    const attempt = { startedAt, done, controller };
    this.#current = attempt;
    return done;
  }

  cancel(): void {
    this.#current?.controller.abort(makeError('loginCancelled'));
    this.#current = null;
  }

  /** Has the user sign in, and asks the source who it was. */
  async #signIn(request: LoginRequest, signal: AbortSignal): Promise<void> {
    const { source } = this.#runtime;
    const put = this.#runtime.put.bind(this.#runtime);
    const id = this.nextId();
    const { requirement = null } =
      this.#runtime.state.calls.find((call) => call.requirement !== null) ?? {};
    put({ type: 'act', kind: 'signing-in', id });
    try {
      await source.login({ ...requirement, ...omitUndefined(request) }, signal);
    } catch (error) {
      put({ type: 'act', kind: 'none', id });
      throw error;
    }
    const { latest } = this.#runtime.state;
    put({ type: 'act', kind: 'signed-in', id });
    await this.#runtime.call({ kind: 'session', key: 'session', after: latest }, signal);
    if (requirement) put({ type: 'requirement-met', requirement });
  }
}
