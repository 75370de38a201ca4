import { toMsOrZero } from '../duration.js';
import { makeError } from '../errorMessages.js';
import { omitUndefined } from '../omitUndefined.js';
import { checkReturnTo } from '../returnTo.js';
import type { LoginContext, SourceLoginRequest } from '../sessionSource.js';
import type { LoginRequest } from '../types.js';
import type { Runtime } from './runtime.js';
import { longestClickWait, longestRefreshWait, whenQuiet } from './whenQuiet.js';

/** Two calls within this time are one, for example after a double click (ms). */
export const doubleClickTime = 1_000;

interface Attempt {
  readonly startedAt: number;
  readonly done: Promise<void>;
  readonly controller: AbortController;
}

/** The sign-in that is in progress. A later one replaces it: its window may be hidden behind others. */
export interface Login {
  /** An id for the input `act`. */
  nextId(): number;
  /** Rejects with a `TypeError` for an invalid `returnTo` or `maxAge`. */
  start(request: LoginRequest): Promise<void>;
  cancel(): void;
}

/** A source gets `maxAge` in ms, so that no source has to read a duration. */
function toSourceRequest({ maxAge, ...rest }: LoginRequest): SourceLoginRequest {
  return maxAge === undefined ? rest : { ...rest, maxAge: toMsOrZero(maxAge, 'maxAge') };
}

export function createLogin(runtime: Runtime): Login {
  const { calls, deviceNow, dispatch, getState, source } = runtime;
  let current: Attempt | null = null;
  let lastId = 0;
  const nextId = (): number => ++lastId;

  function cancel(): void {
    current?.controller.abort(makeError('loginCancelled'));
    current = null;
  }

  /** Resolves when the user has signed in and the source has returned the session. */
  async function signIn(request: LoginRequest, signal: AbortSignal): Promise<void> {
    const id = nextId();
    const { requirement = null } = getState().calls.find((call) => call.requirement !== null) ?? {};
    dispatch({ type: 'act', kind: 'signing-in', id });
    const sourceRequest = toSourceRequest({ ...requirement, ...omitUndefined(request) });
    const storeAgain: LoginContext['whenQuiet'] = (work) =>
      whenQuiet(runtime, work, { signal, longestWait: longestRefreshWait });
    try {
      const work = (): Promise<unknown> => source.login(sourceRequest, storeAgain, signal);
      // A pop-up opens within the click: some browsers block it after a delay.
      if (request.display !== 'redirect') await work();
      else await whenQuiet(runtime, work, { signal, longestWait: longestClickWait });
    } catch (error) {
      dispatch({ type: 'act', kind: 'none', id });
      throw error;
    }
    const { latest } = getState();
    dispatch({ type: 'act', kind: 'signed-in', id });
    await calls.add({ kind: 'session', after: latest }, signal);
    if (requirement) dispatch({ type: 'requirement-met', requirement });
  }

  async function start(request: LoginRequest): Promise<void> {
    checkReturnTo(request.returnTo);
    toMsOrZero(request.maxAge ?? 0, 'maxAge');
    const startedAt = deviceNow();
    if (current && startedAt - current.startedAt < doubleClickTime) return current.done;
    cancel();
    const controller = new AbortController();
    const done = signIn(request, controller.signal).finally(() => {
      if (current === attempt) current = null;
    });
    const attempt = { startedAt, done, controller };
    current = attempt;
    return done;
  }

  return { nextId, start, cancel };
}
