'use client';
import { type ReactNode, useEffect } from 'react';
import { useSession } from 'session-clock';
import { sessionStartClaim } from '../lib/settings';

/**
 * Calls `onRevoked` when the app's server reports that the provider has ended the session. One tab
 * subscribes for all, because a browser opens only six connections to an HTTP/1.1 server.
 */
export function Revocations({ onRevoked }: { onRevoked: () => void }): ReactNode {
  // The server reports one session, so each sign-in needs a new subscription.
  const sessionStart = useSession(({ status, session }) =>
    status === 'active' || status === 'expiring' ? session?.user[sessionStartClaim] : undefined,
  );
  useEffect(() => {
    if (sessionStart === undefined) return;
    const controller = new AbortController();
    const { signal } = controller;
    navigator.locks
      .request('events', { signal }, () => subscribe(onRevoked, signal))
      .catch(() => {});
    return () => controller.abort();
  }, [sessionStart, onRevoked]);
  return null;
}

/** Resolves when `signal` is aborted. */
function subscribe(onRevoked: () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const events = new EventSource('/api/events');
    events.addEventListener('revoked', onRevoked);
    signal.addEventListener('abort', () => {
      events.close();
      resolve();
    });
  });
}
