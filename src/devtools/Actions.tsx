'use client';
import type { ReactNode } from 'react';
import { useSessionClient } from '../react/context.js';
import { useAction } from '../ui/useAction.js';

/** Buttons for the session's actions. */
export function Actions(): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const [state, run] = useAction();
  const actions: readonly [name: string, action: () => Promise<void>][] = [
    ['Refresh', client.refresh],
    ['Extend', client.extend],
    ['Sign in', client.login],
    ['Sign out', client.logout],
    ['Mark as revoked', async () => client.notifyRevoked()],
  ];
  return (
    <section aria-label="Actions" className="scd-actions">
      {actions.map(([name, action]) => (
        <button key={name} type="button" onClick={() => run(name, () => action())}>
          {name}
        </button>
      ))}
      <output>
        {state.kind === 'pending' && `${state.name}…`}
        {state.kind === 'failed' && `${state.name}: ${state.code}`}
      </output>
    </section>
  );
}
