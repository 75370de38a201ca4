'use client';
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { SessionEvent } from '../core/snapshot.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { en } from '../ui/messages.js';
import { SessionMessages } from '../ui/SessionMessages.js';
import { SessionTimeline } from '../ui/SessionTimeline.js';
import { Actions } from './Actions.js';
import { deadlineText } from './deadlineText.js';
import { EventLog } from './EventLog.js';
import { prepend, subscribeToEvents } from './events.js';
import { InputLog } from './InputLog.js';
import { Lifetimes } from './Lifetimes.js';
import { RehearsalButtons } from './RehearsalButtons.js';
import { Requests } from './Requests.js';
import { shieldEvents } from './shieldEvents.js';
import { addStyles } from './styles.js';
import { usePresence } from './Tabs.js';
import { keepOnTop } from './topLayer.js';
import { useLogAnalysis } from './useLogAnalysis.js';

/** The panel, in an element that is moved to where it can be used. */
export function Panel({ initialIsOpen }: { initialIsOpen: boolean }): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const [host] = useState(() => document.createElement('div'));
  const [isOpen, setOpen] = useState(initialIsOpen);
  const [log, setLog] = useState<readonly SessionEvent[]>([]);
  useEffect(
    () => subscribeToEvents(client, (event) => setLog((before) => prepend(before, event))),
    [client],
  );
  useLayoutEffect(() => {
    shieldEvents();
    const stops = [addStyles(), keepOnTop(host)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [host]);
  usePresence();
  return createPortal(
    // Its texts are English on every page.
    <details
      className="scd"
      lang="en"
      dir="ltr"
      open={isOpen}
      // React passes a click on to the components around the panel, wherever its element is.
      onClick={(event) => event.stopPropagation()}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        session-clock <Summary />
      </summary>
      {isOpen && (
        <SessionMessages messages={en}>
          <Body log={log} onClear={() => setLog([])} />
        </SessionMessages>
      )}
    </details>,
    host,
  );
}

function Summary(): ReactNode {
  const [session, token] = useSession(({ status, accessToken }) => [status, accessToken.status]);
  return (
    <span>
      session {session} · token {token}
    </span>
  );
}

function Body(props: { log: readonly SessionEvent[]; onClear: () => void }): ReactNode {
  const { requests, extensions } = useLogAnalysis();
  return (
    // A scrollable region must be reachable by keyboard (WCAG 2.1.1).
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="scd-body" tabIndex={0} aria-label="Devtools of session-clock">
      <div className="scd-columns">
        <div>
          <SessionTimeline />
          <DeadlineText extensions={extensions} />
        </div>
        <div>
          <Actions />
          <RehearsalButtons />
        </div>
      </div>
      <div className="scd-columns">
        <Lifetimes />
      </div>
      <div className="scd-columns">
        <Requests requests={requests} />
        <EventLog {...props} />
      </div>
      <InputLog />
    </section>
  );
}

/** Why the session ends when it does. */
function DeadlineText({ extensions }: { extensions: number }): ReactNode {
  const snapshot = useSession();
  return <p className="scd-deadline">{deadlineText(snapshot, extensions)}</p>;
}
