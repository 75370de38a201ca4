import { makeError } from '../errorMessages.js';
import { checkReturnTo } from '../returnTo.js';
import type { LogoutRequest } from '../types.js';
import { doubleClickTime } from './login.js';
import type { Runtime } from './runtime.js';
import { longestClickWait, whenQuiet } from './whenQuiet.js';

/** `nextId`: an id for the input `act`. `getSession` resolves when it is known whether there is a session. */
export function createLogout(
  runtime: Runtime,
  nextId: () => number,
  getSession: () => Promise<unknown>,
): (request: LogoutRequest) => Promise<void> {
  const { config, deviceNow, dispatch, getState, source } = runtime;
  let current: { readonly startedAt: number; readonly done: Promise<void> } | null = null;

  async function signOut(request: LogoutRequest): Promise<void> {
    const id = nextId();
    dispatch({ type: 'act', kind: 'signing-out', id });
    const { signal } = new AbortController();
    const work = (): Promise<unknown> => source.logout(request, signal);
    try {
      await whenQuiet(runtime, work, { signal, longestWait: longestClickWait, isHeld: true });
    } finally {
      dispatch({ type: 'act', kind: 'none', id });
    }
    dispatch({ type: 'ended', reason: 'signed-out' });
  }

  /** The effect of the end calls `source.clear()`, in every tab. */
  async function signOutHere(): Promise<void> {
    if (!config.canClear) throw makeError('notClearable');
    // Which session ends is known after the first answer and the sync with the other tabs. Without an answer,
    // for example offline, the source is cleared all the same.
    const { isAnswered, isSyncing } = getState();
    if (isSyncing || !isAnswered) await getSession().catch(() => {});
    if (!getState().signIn) await source.clear('signed-out', new AbortController().signal);
    dispatch({ type: 'ended', reason: 'signed-out' });
  }

  return async (request) => {
    checkReturnTo(request.returnTo);
    if (request.scope === 'here') return signOutHere();
    const startedAt = deviceNow();
    if (current && startedAt - current.startedAt < doubleClickTime) return current.done;
    const done = signOut(request).finally(() => {
      current = null;
    });
    current = { startedAt, done };
    return done;
  };
}
