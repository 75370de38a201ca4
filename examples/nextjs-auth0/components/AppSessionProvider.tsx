'use client';
import { type ReactNode, useState } from 'react';
import { createSessionClient, type Session, SessionProvider } from 'session-clock';
import { nextjsAuth0 } from 'session-clock/sources/nextjs-auth0';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { sessionStartClaim } from '../lib/settings';
import { Revocations } from './Revocations';
import { type Strategy, strategies } from './strategies';

/** Uses the SDK's own routes only. */
const plainSource = nextjsAuth0();

/** Uses the additional routes of the app's server. */
const extendedSource = nextjsAuth0({
  routes: { accessToken: '/api/access-token', extend: '/api/extend' },
  sessionStartClaim,
});

interface AppSessionProviderProps {
  session: Session | null;
  strategy: Strategy;
  /** Uses the SDK's own routes only. */
  plain?: boolean;
  children: ReactNode;
}

/** Provides the session client and the dialogs to a page. */
export function AppSessionProvider({
  session,
  strategy,
  plain,
  children,
}: AppSessionProviderProps): ReactNode {
  const [client] = useState(() =>
    createSessionClient({
      source: plain ? plainSource : extendedSource,
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
