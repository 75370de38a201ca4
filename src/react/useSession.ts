'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useMemo, useState, useSyncExternalStore } from 'react';
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

/** `useSyncExternalStore` with a selector that may make a new object each time, of whatever kind. */
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
    useMemo(
      () => onceFor(getState, (state) => select(selector(state))),
      [select, selector, getState],
    ),
    useMemo(
      () => onceFor(getInitialState, (state) => selectInitial(selector(state))),
      [selectInitial, selector, getInitialState],
    ),
  );
}

/** Selects anew only from a new state: not all that a selector makes can be compared, say a `Date`. */
function onceFor<State, Part>(getState: () => State, select: (state: State) => Part): () => Part {
  let last: { state: State; part: Part } | null = null;
  return () => {
    const state = getState();
    if (!last || !Object.is(last.state, state)) last = { state, part: select(state) };
    return last.part;
  };
}

/** Gives back the earlier value as long as the newer one equals it. */
function steady<Value>(): (value: Value) => Value {
  let last: Value;
  return (value) => {
    last = replaceEqualDeep(last, value);
    return last;
  };
}
