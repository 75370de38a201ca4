import { errorOf } from '../errorMessages.js';
import { type Call, ownerOf, type SettledCall } from '../model/state.js';
import { decide } from '../model/waitingCalls.js';
import type { ClientContext } from './context.js';

/** The fields of a call that differ from their defaults. */
export type CallRequest = Pick<Call, 'kind'> & Partial<Omit<Call, 'id'>>;

/** The promises of the calls that wait. Equal calls share one entry in the state. */
export interface PendingCalls {
  /** Resolves or rejects as the model decides; rejects with the signal's reason when it is aborted. */
  add<Value>(request: CallRequest, signal?: AbortSignal): Promise<Value>;
  /** The token that the call would resolve with at once; `null` if it has to wait, or is rejected. */
  decideNow(request: CallRequest): string | null;
  settle(call: SettledCall): void;
}

interface Caller {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export function createPendingCalls({ deviceNow, dispatch, getState }: ClientContext): PendingCalls {
  /** By the id of the call. */
  const callersOf = new Map<string, Set<Caller>>();

  function complete(request: CallRequest): Call {
    const isForUser = request.kind === 'token' || request.kind === 'step-up';
    return {
      id: '',
      key: '',
      user: isForUser ? ownerOf(getState()) : null,
      minValidity: 0,
      after: null,
      mayAskUser: false,
      since: deviceNow(),
      requirement: null,
      ...request,
    };
  }

  return {
    add: (request, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const call = complete(request);
        // Calls of the same second are equal: `since` limits how long each of them waits.
        const id = JSON.stringify({ ...call, since: Math.floor(call.since / 1_000) });
        const known = callersOf.get(id);
        const callers = known ?? new Set<Caller>();
        const done = (): void => signal?.removeEventListener('abort', onAbort);
        const caller: Caller = {
          resolve: (value) => (done(), resolve(value)),
          reject: (error) => (done(), reject(error)),
        };
        const onAbort = (): void => {
          callers.delete(caller);
          reject(signal?.reason);
          if (callers.size === 0 && callersOf.delete(id)) dispatch({ type: 'call-abandoned', id });
        };
        signal?.addEventListener('abort', onAbort);
        callersOf.set(id, callers.add(caller));
        if (!known) dispatch({ type: 'call', call: { ...call, id } });
      }),

    decideNow(request) {
      const state = getState();
      const call = complete(request);
      const clock = { ...state.clock, device: call.since };
      const decision = decide({ ...state, clock }, call);
      return decision.kind === 'resolve' ? (decision.value as string) : null;
    },

    settle({ id, decision }) {
      const callers = callersOf.get(id) ?? [];
      callersOf.delete(id);
      for (const { resolve, reject } of callers) {
        if (decision.kind === 'resolve') resolve(decision.value as never);
        else reject(errorOf(decision.reason));
      }
    },
  };
}
