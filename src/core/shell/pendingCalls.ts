import { makeError } from '../errorMessages.js';
import type { Call, SettledCall } from '../model/state.js';

interface Caller {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A call as it is asked for. */
export type CallRequest = Omit<Call, 'id' | 'outcome'>;

/** The promises of the calls that wait. Equal calls share one entry of the state. */
export class PendingCalls {
  readonly #callers = new Map<number, Set<Caller>>();
  readonly #ids = new Map<string, number>();
  readonly #keys = new Map<number, string>();
  #lastId = 0;

  /** Waits as `request` says. `onNew`: no equal call waits yet; `onAbandoned`: nobody waits for it any more. */
  add<Value>(
    request: CallRequest,
    signal: AbortSignal | undefined,
    onNew: (call: Call) => void,
    onAbandoned: (id: number) => void,
  ): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      // Calls of one second are equal: each waits no longer than it may.
      const key = JSON.stringify({ ...request, since: Math.floor(request.since / 1_000) });
      const known = this.#ids.get(key);
      const id = known ?? ++this.#lastId;
      const callers = this.#callers.get(id) ?? new Set<Caller>();
      const done = (): void => signal?.removeEventListener('abort', giveUp);
      const caller: Caller = {
        resolve: (value) => (done(), resolve(value)),
        reject: (error) => (done(), reject(error)),
      };
      const giveUp = (): void => {
        callers.delete(caller);
        reject(signal?.reason);
        if (callers.size > 0) return;
        this.#forget(id);
        onAbandoned(id);
      };
      signal?.addEventListener('abort', giveUp);
      this.#callers.set(id, callers.add(caller));
      if (known !== undefined) return;
      this.#ids.set(key, id);
      this.#keys.set(id, key);
      onNew({ ...request, id, outcome: null });
    });
  }

  settle({ id, decision }: SettledCall): void {
    const callers = this.#callers.get(id) ?? [];
    this.#forget(id);
    for (const { resolve, reject } of callers) {
      if (decision.kind === 'resolve') resolve(decision.value as never);
      else if (decision.kind === 'reject') {
        const { reason } = decision;
        reject(typeof reason === 'string' ? makeError(reason) : reason);
      }
    }
  }

  #forget(id: number): void {
    this.#ids.delete(this.#keys.get(id) ?? '');
    this.#keys.delete(id);
    this.#callers.delete(id);
  }
}
