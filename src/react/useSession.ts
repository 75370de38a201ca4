'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import { useSessionClient } from './context.js';

/**
 * Any part of the snapshot; re-renders only when that part changes (compared by value).
 * Throws a `TypeError` without a `SessionProvider`.
 * @example const name = useSession((s) => s.session?.user.name);
 */
export function useSession(): Snapshot;
export function useSession<Part>(selector: (snapshot: Snapshot) => Part): Part;
export function useSession<Part>(
  selector: (snapshot: Snapshot) => Part | Snapshot = everything,
): Part | Snapshot {
  const client = useSessionClient('useSession()');
  return useSelection(selector, client.subscribe, client.getSnapshot, client.getInitialSnapshot);
}

function everything(snapshot: Snapshot): Snapshot {
  return snapshot;
}

/** `useSyncExternalStore` with a selector that may make a new object each time. */
export function useSelection<State, Part>(
  selector: (state: State) => Part,
  subscribe: (listener: () => void) => () => void,
  getState: () => State,
  getInitialState: () => State,
): Part {
  const [select] = useState(() => steady<Part>());
  const [selectInitial] = useState(() => steady<Part>());
  return useSyncExternalStore(
    subscribe,
    useCallback(() => select(selector(getState())), [select, selector, getState]),
    useCallback(
      () => selectInitial(selector(getInitialState())),
      [selectInitial, selector, getInitialState],
    ),
  );
}

/** Gives back the earlier value as long as the newer one equals it. */
function steady<Value>(): (value: Value) => Value {
  let last: Value;
  return (value) => {
    last = replaceEqualDeep(last, value);
    return last;
  };
}
