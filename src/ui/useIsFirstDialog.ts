'use client';
import { useEffect, useState } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';

/** The mounted dialogs of one kind for one client, in the order of their mounting. */
type Dialogs = ((isFirst: boolean) => void)[];

/** Kept at the environment of the client, which all copies of the package on a page share. */
function dialogsOf({ environment }: SessionClient, kind: string): Dialogs {
  const registry = environment as unknown as Record<symbol, Dialogs>;
  // The number changes with the shape of the list.
  const key = Symbol.for(`session-clock ${kind} 2`);
  registry[key] ??= [];
  return registry[key];
}

/** Whether the dialog is the first mounted one of its kind for the client: a second one would cover it. */
export function useIsFirstDialog(client: SessionClient, kind: 'expiry' | 'relogin'): boolean {
  const [isFirst, setFirst] = useState(false);
  useEffect(() => {
    const dialogs = dialogsOf(client, kind);
    const update = (): void => {
      for (const dialog of dialogs) dialog(dialog === dialogs[0]);
    };
    dialogs.push(setFirst);
    update();
    return () => {
      dialogs.splice(dialogs.indexOf(setFirst), 1);
      // A tree that `<Activity>` hides keeps its state.
      setFirst(false);
      update();
    };
  }, [client, kind]);
  return isFirst;
}
