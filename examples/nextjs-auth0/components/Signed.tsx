'use client';
import { type ReactNode, useEffect, useState } from 'react';
import {
  createSessionClient,
  type Session,
  type SessionClient,
  SessionProvider,
} from 'session-clock';
import { nextjsAuth0 } from 'session-clock/sources/nextjs-auth0';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { sessionStartClaim } from '../lib/settings';
import { type Strategy, strategies } from './strategies';

/** Nothing on the server but the SDK's own routes. */
const plainSource = nextjsAuth0();

/** With a little help from the app's server. */
const helpedSource = nextjsAuth0({
  routes: { accessToken: '/api/access-token', extend: '/api/extend' },
  sessionStartClaim,
});

interface SignedProps {
  session: Session | null;
  strategy: Strategy;
  /** Without help from the app's server. */
  plain?: boolean;
  children: ReactNode;
}

/** Keeps the two clocks for the page in it, and asks the person when that is due. */
export function Signed({ session, strategy, plain, children }: SignedProps): ReactNode {
  const [client] = useState(() =>
    createSessionClient({
      source: plain ? plainSource : helpedSource,
      policy: strategies[strategy].policy,
      initialSession: session,
    }),
  );
  useRevocation(client, session !== null);
  return (
    <SessionProvider client={client}>
      {children}
      <SessionExpiryDialog />
      <ReloginDialog />
    </SessionProvider>
  );
}

/** One tab listens for all: a browser opens only six connections to a server of HTTP/1.1. */
function useRevocation(client: SessionClient, isSignedIn: boolean): void {
  useEffect(() => {
    if (!isSignedIn) return;
    const stop = new AbortController();
    const listen = (): Promise<void> =>
      new Promise((resolve) => {
        const events = new EventSource('/api/events');
        events.addEventListener('revoked', client.notifyRevoked);
        stop.signal.addEventListener('abort', () => {
          events.close();
          resolve();
        });
      });
    navigator.locks.request('events', { signal: stop.signal }, listen).catch(() => {});
    return () => stop.abort();
  }, [client, isSignedIn]);
}
