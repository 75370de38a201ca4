'use client';
import { type ReactNode, useEffect } from 'react';
import { useSession } from 'session-clock';
import { sessionStartClaim } from '../lib/settings';

/**
 * Hears from the app's server that the provider has ended the session elsewhere. One tab listens for
 * all: a browser opens only six connections to a server of HTTP/1.1.
 */
export function Revocations({ onRevoked }: { onRevoked: () => void }): ReactNode {
  // The server tells it of one session: after a new sign-in it is asked anew.
  const which = useSession(({ status, session }) =>
    status === 'active' || status === 'expiring' ? session?.user[sessionStartClaim] : undefined,
  );
  useEffect(() => {
    if (which === undefined) return;
    const stop = new AbortController();
    navigator.locks
      .request('events', { signal: stop.signal }, () => listen(onRevoked, stop.signal))
      .catch(() => {});
    return () => stop.abort();
  }, [which, onRevoked]);
  return null;
}

/** Until `signal` says that it is enough. */
function listen(onRevoked: () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const events = new EventSource('/api/events');
    events.addEventListener('revoked', onRevoked);
    signal.addEventListener('abort', () => {
      events.close();
      resolve();
    });
  });
}
