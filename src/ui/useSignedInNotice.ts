'use client';
import { useEffect, useState } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Instant } from '../core/types.js';
import { useSession } from '../react/useSession.js';
import { useSessionEvent } from '../react/useSessionEvent.js';

/** How long the notice is shown (ms). */
const shownFor = 10_000;

/** The result of an answer; it disappears after ten seconds. */
export interface SignedInResult {
  /** Until when the user is signed in (server time, epoch ms); `null`: no end is known. */
  endsAt: Instant | null;
  close: () => void;
}

/**
 * The result that the session goes on, and a function that shows it. It is also shown when the session starts while
 * the prompt `isAsking`.
 */
export function useSignedInNotice(
  client: SessionClient,
  isAsking: boolean,
): [result: SignedInResult | null, showIfAsking: () => void] {
  const [result, setResult] = useState<SignedInResult | null>(null);
  const isOpen = useSession(isSignedIn);
  const showIfAsking = (): void => {
    // The end moves with the user's activity: the time is the one of the answer.
    const endsAt = client.getSnapshot().deadline?.at ?? null;
    if (isAsking) setResult({ endsAt, close: () => setResult(null) });
  };
  useSessionEvent('session-started', showIfAsking);
  useEffect(
    () => (result ? client.environment.setTimer(shownFor, result.close) : undefined),
    [client, result],
  );
  return [isOpen ? result : null, showIfAsking];
}

function isSignedIn({ status }: Snapshot): boolean {
  return status === 'active' || status === 'expiring';
}
