'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useMemo, useState, useSyncExternalStore } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import { useSessionClient } from './context.js';

/**
 * Selects a part of the snapshot; re-renders only when that part changes (compared by value).
 * Throws a `TypeError` without a `SessionProvider`.
 * @example const name = useSession((s) => s.session?.user.name);
 */
export function useSession(): Snapshot;
export function useSession<Part>(selector: (snapshot: Snapshot) => Part): Part;
export function useSession<Part>(
  selector: (snapshot: Snapshot) => Part | Snapshot = selectAll,
): Part | Snapshot {
  const client = useSessionClient('useSession()');
  return useSelection(selector, client.subscribe, client.getSnapshot, client.getInitialSnapshot);
}

function selectAll(snapshot: Snapshot): Snapshot {
  return snapshot;
}

/** `useSyncExternalStore` with a selector that may return a new object each time, of any kind. */
export function useSelection<State, Part>(
  selector: (state: State) => Part,
  subscribe: (listener: () => void) => () => void,
  getState: () => State,
  getInitialState: () => State,
): Part {
  const [share] = useState(() => structuralSharing<Part>());
  const [shareInitial] = useState(() => structuralSharing<Part>());
  return useSyncExternalStore(
    subscribe,
    useMemo(
      () => memoizeByState(getState, (state) => share(selector(state))),
      [share, selector, getState],
    ),
    useMemo(
      () => memoizeByState(getInitialState, (state) => shareInitial(selector(state))),
      [shareInitial, selector, getInitialState],
    ),
  );
}

/** Runs `select` only for a new state: some results, such as a `Date`, cannot be compared by value. */
function memoizeByState<State, Part>(
  getState: () => State,
  select: (state: State) => Part,
): () => Part {
  let last: { state: State; part: Part } | null = null;
  return () => {
    const state = getState();
    if (!last || !Object.is(last.state, state)) last = { state, part: select(state) };
    return last.part;
  };
}

/** Returns the previous value, or the parts of it that are equal to the new one. */
function structuralSharing<Value>(): (value: Value) => Value {
  let last: Value;
  return (value) => {
    last = replaceEqualDeep(last, value);
    return last;
  };
}
