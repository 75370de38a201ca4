import { type ReactNode, useSyncExternalStore } from 'react';
import type { SessionEvent } from 'session-clock';
import { readLog, subscribeToLog } from './eventLog';

/** The session's events, newest first. */
export function EventLog(): ReactNode {
  const events = useSyncExternalStore(subscribeToLog, readLog);
  return (
    <section className="live-events" aria-labelledby="live-log">
      <h2 id="live-log">Events</h2>
      <ol className="live-log" aria-labelledby="live-log" tabIndex={0}>
        {events.map((event) => (
          <li key={`${event.at} ${event.type}`}>
            <time>{new Date(event.at).toLocaleTimeString()}</time> <code>{event.type}</code>{' '}
            {detail(event)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function detail(event: SessionEvent): string {
  switch (event.type) {
    case 'session-ended':
      return event.reason;
    case 'connection-changed':
      return event.connection;
    case 'access-token-refresh-failed':
      return event.error.code;
    case 'resumed':
      return `slept ${Math.round(event.slept / 1_000)} s`;
    default:
      return '';
  }
}
