import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { UserManager } from 'oidc-client-ts';
import { type ReactNode, useState } from 'react';
import { SessionProvider } from 'session-clock';
import { createAuthFetch } from 'session-clock/fetch';
import { ReloginDialog, SessionExpiryDialog } from 'session-clock/ui';
import { ApiCalls } from './ApiCalls';
import { Clocks } from './Clocks';
import { demo } from './demo';
import { EventLog } from './EventLog';
import { Notes } from './Notes';
import { ProviderControls } from './ProviderControls';
import { createLiveClient, createUserManager } from './session';
import { Who } from './Who';
import './live.css';

/** The app's own cache. By this name TanStack's devtools find it, and a test that looks for tokens in it. */
const appQueries = new QueryClient();
Object.assign(window, { __TANSTACK_QUERY_CLIENT__: appQueries });

/** The whole of it: one sign-in at a real provider, with both of its clocks in view. */
export function Live(): ReactNode {
  if (!demo) return <StartFirst />;
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
            <h1>Two clocks, one sign-in</h1>
            <Who />
          </header>
          <Clocks />
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

/** Storybook alone has no provider to sign in at. */
export function StartFirst(): ReactNode {
  return (
    <main className="live live-alone">
      <h1>Two clocks, one sign-in</h1>
      <p>This story runs against a real OpenID provider. Start it together with Storybook:</p>
      <pre>
        <code>npm start</code>
      </pre>
    </main>
  );
}
