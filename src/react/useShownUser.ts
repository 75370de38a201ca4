'use client';
import type { Snapshot } from '../core/snapshot.js';
import { useSessionClient } from './context.js';
import { useSession } from './useSession.js';

/**
 * The key of the user whose content a guard shows, or `null`: children with this key are mounted anew for
 * another user. Throws a `TypeError`, which names `caller`, without a `SessionProvider`.
 */
export function useShownUser(
  isShown: (snapshot: Snapshot) => boolean,
  caller: string,
): string | null {
  const { getUserKey } = useSessionClient(caller);
  // A part of the page that hydrates late sees the initial snapshot when the session may have ended already.
  return useSession((snapshot) => (isShown(snapshot) ? (getUserKey() ?? '') : null));
}
