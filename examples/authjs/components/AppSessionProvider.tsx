'use client';
import { type ReactNode, useState } from 'react';
import { createSessionClient, hybrid, type Session, SessionProvider } from 'session-clock';
import { authJs } from 'session-clock/sources/auth-js';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { sessionMaxAge } from '../lib/settings';

const source = authJs({
  routes: { session: '/api/session', accessToken: '/api/access-token' },
});

interface AppSessionProviderProps {
  session: Session | null;
  children: ReactNode;
}

/** Provides the session client and the dialogs to a page. */
export function AppSessionProvider({ session, children }: AppSessionProviderProps): ReactNode {
  const [client] = useState(() =>
    createSessionClient({
      source,
      policy: hybrid({ idle: sessionMaxAge * 1_000 }),
      initialSession: session,
    }),
  );
  return (
    <SessionProvider client={client}>
      {children}
      <SessionExpiryDialog />
      <ReloginDialog />
    </SessionProvider>
  );
}
