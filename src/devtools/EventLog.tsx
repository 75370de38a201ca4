'use client';
import type { ReactNode } from 'react';
import type { SessionEvent } from '../core/snapshot.js';
import { clockTime, detailOf } from './happened.js';

interface EventLogProps {
  /** Newest first. */
  log: readonly SessionEvent[];
  onClear: () => void;
}

/** What has happened since the page was opened. */
export function EventLog({ log, onClear }: EventLogProps): ReactNode {
  return (
    <section aria-label="Events">
      <h3>
        Events{' '}
        <button type="button" onClick={onClear}>
          Clear
        </button>
      </h3>
      {log.length === 0 && <p>Nothing has happened yet.</p>}
      {/* A region that scrolls must be within reach of the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ol tabIndex={0} aria-label="Newest first">
        {log.map((event, index) => (
          <li key={log.length - index}>
            <time>{clockTime(event.at)}</time> <code>{event.type}</code> {detailOf(event)}
          </li>
        ))}
      </ol>
    </section>
  );
}
