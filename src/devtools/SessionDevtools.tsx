'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { isDevelopment } from '../core/environment.js';
import type { SessionEvent } from '../core/snapshot.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { Actions } from './Actions.js';
import { EventLog } from './EventLog.js';
import { prepend, subscribeToEvents } from './events.js';
import { InputLog } from './InputLog.js';
import { Lifetimes } from './Lifetimes.js';
import { addStyles } from './styles.js';

export interface SessionDevtoolsProps {
  /** Whether the panel is open at first. Default `false`. */
  initialIsOpen?: boolean;
}

/**
 * A panel at the bottom of the page, for developers: the state of the session and the access token,
 * the events, the latest inputs of the client and what each changed, and buttons for the actions. It
 * shows no token. A production build renders nothing.
 * Throws a `TypeError` without a `SessionProvider`.
 */
export function SessionDevtools(props: SessionDevtoolsProps): ReactNode {
  return isDevelopment() ? <Panel {...props} /> : null;
}

function Panel({ initialIsOpen = false }: SessionDevtoolsProps): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const [isOpen, setOpen] = useState(initialIsOpen);
  const [log, setLog] = useState<readonly SessionEvent[]>([]);
  useEffect(
    () => subscribeToEvents(client, (event) => setLog((before) => prepend(before, event))),
    [client],
  );
  useEffect(() => addStyles(), []);
  return (
    <details className="scd" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        session-clock <Summary />
      </summary>
      {isOpen && (
        <div className="scd-body">
          <Lifetimes />
          <Actions />
          <EventLog log={log} onClear={() => setLog([])} />
          <InputLog />
        </div>
      )}
    </details>
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
