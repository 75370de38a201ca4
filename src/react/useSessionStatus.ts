'use client';
import type { SessionState, Snapshot } from '../core/snapshot.js';
import { useSessionClient } from './context.js';
import { useSelection } from './useSession.js';

/**
 * The session's state: a union on `status`. Re-renders at transitions, not as time passes.
 * Throws a `TypeError` without a `SessionProvider`.
 */
export function useSessionStatus(): SessionState {
  const client = useSessionClient('useSessionStatus()');
  return useSelection(
    sessionState,
    client.subscribe,
    client.getSnapshot,
    client.getInitialSnapshot,
  );
}

function sessionState({ accessToken: _, loginRequired: __, ...state }: Snapshot): SessionState {
  return state;
}
