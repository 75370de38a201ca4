'use client';
import { useEffect, useRef } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Snapshot } from '../core/snapshot.js';

/** How long an unmounted or hidden prompt still counts if the user has not answered its question (ms). */
const longestAbsence = 300_000;

/**
 * Registers a prompt with the client while it is mounted. If the prompt is unmounted or hidden by `<Activity>` before
 * the user has answered, it stays registered until it is back or the question is settled, for five minutes at
 * most: unmounting is no answer. `register` and `isOpen` must be stable.
 */
export function usePromptRegistration(
  client: SessionClient,
  register: () => () => void,
  isOpen: (snapshot: Snapshot) => boolean,
): void {
  const held = useRef<(() => void) | null>(null);
  useEffect(() => {
    const remove = register();
    held.current?.();
    return () => {
      held.current = removeWhenSettled(client, remove, isOpen);
    };
  }, [client, register, isOpen]);
}

/** Calls `remove` when the question is settled. Returns a function that calls it now. */
function removeWhenSettled(
  client: SessionClient,
  remove: () => void,
  isOpen: (snapshot: Snapshot) => boolean,
): () => void {
  const removeNow = (): void => {
    unsubscribe();
    cancelTimer();
    remove();
  };
  const removeIfSettled = (): void => {
    if (!isOpen(client.getSnapshot())) removeNow();
  };
  const unsubscribe = client.subscribe(removeIfSettled);
  const cancelTimer = client.environment.setTimer(longestAbsence, removeNow);
  removeIfSettled();
  return removeNow;
}
