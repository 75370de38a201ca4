'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';

/** The mounted dialogs of one kind for one client, in the order of their mounting. */
interface Dialogs {
  readonly ids: object[];
  readonly listeners: Set<() => void>;
}

/** By the environment of the client, which the copies of the package on a page share. */
type Registry = WeakMap<object, Record<string, Dialogs>>;

/** Shared by all copies of the package on the page. It changes with the shape of the registry. */
const registryKey = Symbol.for('session-clock dialogs 1');

function dialogsOf({ environment }: SessionClient, kind: string): Dialogs {
  const page = globalThis as { [registryKey]?: Registry };
  page[registryKey] ??= new WeakMap();
  const kinds = page[registryKey].get(environment) ?? {};
  page[registryKey].set(environment, kinds);
  kinds[kind] ??= { ids: [], listeners: new Set() };
  return kinds[kind];
}

/** Whether the dialog is the first mounted one of its kind for the client: a second one would cover it. */
export function useIsFirstDialog(client: SessionClient, kind: 'expiry' | 'relogin'): boolean {
  const [id] = useState(() => ({}));
  useEffect(() => {
    const { ids, listeners } = dialogsOf(client, kind);
    const notify = (): void => {
      for (const listener of [...listeners]) listener();
    };
    ids.push(id);
    notify();
    return () => {
      ids.splice(ids.indexOf(id), 1);
      notify();
    };
  }, [client, kind, id]);
  return useSyncExternalStore(
    (listener) => {
      const { listeners } = dialogsOf(client, kind);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => dialogsOf(client, kind).ids[0] === id,
    () => false,
  );
}
