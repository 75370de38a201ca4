import { makeError } from '../errorMessages.js';
import type { Call, SettledCall } from '../model/state.js';

interface Caller {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A call as it is asked for. */
export type CallRequest = Omit<Call, 'id' | 'outcome'>;

/** The promises of the calls that wait, by the id of their call. Equal calls share one. */
export class PendingCalls {
  readonly #callers = new Map<string, Set<Caller>>();

  /** Waits as `request` says. `onNew`: no equal call waits yet; `onAbandoned`: no caller waits for it any more. */
  add<Value>(
    request: CallRequest,
    signal: AbortSignal | undefined,
    onNew: (call: Call) => void,
    onAbandoned: (id: string) => void,
  ): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      // Calls of one second are equal: each waits no longer than it may.
      const id = JSON.stringify({ ...request, since: Math.floor(request.since / 1_000) });
      const known = this.#callers.get(id);
      const callers = known ?? new Set<Caller>();
      const done = (): void => signal?.removeEventListener('abort', giveUp);
      const caller: Caller = {
        resolve: (value) => (done(), resolve(value)),
        reject: (error) => (done(), reject(error)),
      };
      const giveUp = (): void => {
        callers.delete(caller);
        reject(signal?.reason);
        if (callers.size === 0 && this.#callers.delete(id)) onAbandoned(id);
      };
      signal?.addEventListener('abort', giveUp);
      this.#callers.set(id, callers.add(caller));
      if (!known) onNew({ ...request, id, outcome: null });
    });
  }

  settle({ id, decision }: SettledCall): void {
    const callers = this.#callers.get(id) ?? [];
    this.#callers.delete(id);
    for (const { resolve, reject } of callers) {
      if (decision.kind === 'resolve') resolve(decision.value as never);
      else if (decision.kind === 'reject') {
        const { reason } = decision;
        reject(typeof reason === 'string' ? makeError(reason) : reason);
      }
    }
  }
}
