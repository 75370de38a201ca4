'use client';
import { type ReactNode, useState } from 'react';
import { createSessionClient, type Session, SessionProvider } from 'session-clock';
import { nextjsAuth0 } from 'session-clock/sources/nextjs-auth0';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { sessionStartClaim } from '../lib/settings';
import { Revocations } from './Revocations';
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
  return (
    <SessionProvider client={client}>
      {children}
      <Revocations onRevoked={client.notifyRevoked} />
      <SessionExpiryDialog />
      <ReloginDialog />
    </SessionProvider>
  );
}
