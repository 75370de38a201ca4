'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { isDevelopment } from '../core/environment.js';
import type { SessionEvent } from '../core/snapshot.js';
import { useSessionClient } from '../react/context.js';
import { useSession } from '../react/useSession.js';
import { Actions } from './Actions.js';
import { Clocks } from './Clocks.js';
import { EventLog } from './EventLog.js';
import { listenToAll, prepend } from './happened.js';
import { addStyles } from './styles.js';

export interface SessionDevtoolsProps {
  /** Default `false`. */
  initialIsOpen?: boolean;
}

/**
 * A panel at the foot of the page, for developers: both clocks, what has happened, and what can be
 * done by hand. It shows no token, and in a production build nothing at all.
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
    () => listenToAll(client, (event) => setLog((before) => prepend(before, event))),
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
          <Clocks />
          <Actions />
          <EventLog log={log} onClear={() => setLog([])} />
        </div>
      )}
    </details>
  );
}

/** Both clocks in a word each. */
function Summary(): ReactNode {
  const [session, token] = useSession(({ status, accessToken }) => [status, accessToken.status]);
  return (
    <span>
      session {session} · token {token}
    </span>
  );
}
