import { type ReactNode, useState } from 'react';
import { SessionProvider } from 'session-clock';
import { SessionStatusBadge, SessionTimeline, SignInButton } from 'session-clock/ui';
import { Lifetimes } from '../playground/Lifetimes';
import { defaultSettings, simulate } from '../playground/settings';
import { useSimulatedTime } from '../playground/useSimulatedTime';
import './docs.css';

/** Both lifetimes of a simulated sign-in, in which a second is a minute. */
export function LivePicture(): ReactNode {
  const [simulation] = useState(() => simulate(defaultSettings));
  const [isFailing, setFailing] = useState(false);
  const { server, setConditions, tabs } = simulation;
  const [tab] = tabs;
  useSimulatedTime(simulation, defaultSettings);

  function fail(isFailing: boolean): void {
    setFailing(isFailing);
    setConditions({ fault: isFailing ? '503' : 'none', nextUser: 'ada', clockError: 0 });
  }

  return (
    <div className="guide-box guide-picture">
      <SessionProvider client={tab.client}>
        <div className="guide-row">
          <SessionStatusBadge />
          <SignInButton />
        </div>
        <Lifetimes />
        <SessionTimeline />
      </SessionProvider>
      <div className="guide-row">
        <button type="button" onClick={tab.input}>
          Press a key
        </button>
        <button type="button" onClick={() => server.revoke()}>
          End the session on the server
        </button>
        <label>
          <input
            type="checkbox"
            checked={isFailing}
            onChange={(event) => fail(event.target.checked)}
          />{' '}
          The server fails
        </label>
      </div>
      <p className="guide-note">A second here is a minute, and ten seconds during the warning.</p>
    </div>
  );
}
