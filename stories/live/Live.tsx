import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { UserManager } from 'oidc-client-ts';
import { type ReactNode, useState } from 'react';
import { SessionProvider } from 'session-clock';
import { createAuthFetch } from 'session-clock/fetch';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { ApiCalls } from './ApiCalls';
import { demo } from './demo';
import { EventLog } from './EventLog';
import { Lifetimes } from './Lifetimes';
import { Notes } from './Notes';
import { ProviderControls } from './ProviderControls';
import { createLiveClient, createUserManager } from './session';
import { UserBar } from './UserBar';
import './live.css';

/** The app's own cache. TanStack's devtools find it by this name; so does a test that searches it for tokens. */
const appQueries = new QueryClient();
Object.assign(window, { __TANSTACK_QUERY_CLIENT__: appQueries });

/** A sign-in at a real provider, with the lifetimes of its session and its access token. */
export function Live(): ReactNode {
  if (!demo) return <NotStarted />;
  return <LiveDemo demo={demo} userManager={createUserManager(demo)} />;
}

function LiveDemo({
  demo: { api },
  userManager,
}: {
  demo: NonNullable<typeof demo>;
  userManager: UserManager;
}): ReactNode {
  const [client] = useState(() => createLiveClient(userManager));
  const [apiFetch] = useState(() => createAuthFetch(client, { origins: [api] }));
  return (
    <QueryClientProvider client={appQueries}>
      <SessionProvider client={client}>
        <main className="live">
          <header>
            <h1>One sign-in, two lifetimes</h1>
            <UserBar />
          </header>
          <Lifetimes />
          <div className="live-columns">
            <ApiCalls api={api} apiFetch={apiFetch} />
            <Notes />
            <ProviderControls api={api} />
            <EventLog />
          </div>
        </main>
        <SessionExpiryDialog />
        <ReloginDialog />
      </SessionProvider>
    </QueryClientProvider>
  );
}

/** Shown when Storybook runs without the provider. */
export function NotStarted(): ReactNode {
  return (
    <main className="live live-empty">
      <h1>One sign-in, two lifetimes</h1>
      <p>This story runs against a real OpenID provider. Start it together with Storybook:</p>
      <pre>
        <code>npm start</code>
      </pre>
    </main>
  );
}
