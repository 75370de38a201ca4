import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { type SessionClient, SessionProvider } from 'session-clock';
import { createAuthFetch } from 'session-clock/fetch';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { ApiCalls } from './ApiCalls';
import { compareTabs } from './compareTabs';
import { EventLog } from './EventLog';
import { Lifetimes } from './Lifetimes';
import { Notes } from './Notes';
import { ProviderControls } from './ProviderControls';
import { TryThis } from './TryThis';
import { UserBar } from './UserBar';
import './live.css';

/** The app's own cache. TanStack's devtools find it by this name; so does a test that searches it for tokens. */
const appQueries = new QueryClient();
Object.assign(window, { __TANSTACK_QUERY_CLIENT__: appQueries });

interface LiveAppProps {
  /** The origin of the protected API, which also has the controls of the provider. */
  api: string;
  client: SessionClient;
}

/** The page of the story: the lifetimes, the steps to try, and what the steps need. */
export function LiveApp({ api, client }: LiveAppProps): ReactNode {
  const [apiFetch] = useState(() => createAuthFetch(client, { origins: [api] }));
  useEffect(() => compareTabs(client), [client]);
  return (
    <QueryClientProvider client={appQueries}>
      <SessionProvider client={client}>
        <main className="live">
          <header>
            <div>
              <h1>One sign-in, two lifetimes</h1>
              <p className="live-intro">
                A session of minutes, and access tokens of seconds. Follow the list: it checks
                itself off.
              </p>
            </div>
            <UserBar />
          </header>
          <Lifetimes />
          <div className="live-columns">
            <div>
              <TryThis />
              <Notes />
            </div>
            <div>
              <ApiCalls api={api} apiFetch={apiFetch} />
              <ProviderControls api={api} />
              <EventLog />
            </div>
          </div>
        </main>
        <SessionExpiryDialog />
        <ReloginDialog />
      </SessionProvider>
    </QueryClientProvider>
  );
}
