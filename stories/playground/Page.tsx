import type { ReactNode } from 'react';
import { SessionProvider, useAccessToken, useUser } from 'session-clock';
import {
  ReloginDialog,
  SessionBanner,
  SessionExpiryDialog,
  SessionStatusBadge,
  SessionTimeline,
  SignInButton,
  SignOutButton,
} from 'session-clock/ui';
import type { Simulation } from '../simulation/simulation';
import { Actions } from './Actions';
import { Lifetimes } from './Lifetimes';
import { Log } from './Log';
import { OtherTab } from './OtherTab';
import type { Settings } from './settings';

interface PageProps {
  simulation: Simulation;
  settings: Settings;
}

/** The page of the simulated app, what the user can do in it, and what happened. */
export function Page({ simulation, settings }: PageProps): ReactNode {
  const [tab] = simulation.tabs;
  return (
    <SessionProvider client={tab.client}>
      <div className="playground-page">
        <section className="playground-app" aria-label="Tab 1">
          <header>
            <SessionStatusBadge />
            <UserName />
            <SignInButton />
            <SignOutButton />
          </header>
          {settings.warning === 'banner' && <SessionBanner />}
          <Lifetimes />
          <SessionTimeline />
        </section>
        <Actions simulation={simulation} />
        <OtherTab simulation={simulation} />
        <Log log={simulation.log} />
      </div>
      {settings.warning === 'dialog' && <SessionExpiryDialog />}
      <ReloginDialog />
    </SessionProvider>
  );
}

function UserName(): ReactNode {
  const name = useUser((user) => user.name);
  // A page that shows data of an API needs a token all the time.
  useAccessToken();
  return <strong>{name}</strong>;
}
