import type { ReactNode } from 'react';
import { SessionProvider, useAccessToken, useUser } from 'session-clock';
import { SessionCountdown, SessionStatusBadge, SignOutButton } from 'session-clock/ui';
import { type UserId, userNames } from '../simulation/server';
import type { Simulation } from '../simulation/simulation';

/** A second tab of the same app. */
export function OtherTab({ simulation }: { simulation: Simulation }): ReactNode {
  const { log, tabs } = simulation;
  const { client, input } = tabs[1];

  function signIn(user: UserId): void {
    log.add({ kind: 'action', text: `${userNames[user]} signs in in tab 2`, detail: '' });
    // A failure is in the list of requests.
    void client.login({ params: { user } }).catch(() => {});
  }

  return (
    <section className="playground-other" aria-label="Tab 2">
      <SessionProvider client={client}>
        <h2>Tab 2</h2>
        <Status />
        <div className="playground-other-actions">
          <button type="button" onClick={() => signIn('grace')}>
            Sign in as Grace
          </button>
          <button type="button" onClick={input}>
            Press a key
          </button>
          <SignOutButton />
        </div>
      </SessionProvider>
    </section>
  );
}

function Status(): ReactNode {
  const name = useUser((user) => user.name);
  useAccessToken();
  return (
    <p>
      <SessionStatusBadge /> {name} <SessionCountdown />
    </p>
  );
}
