'use client';
import type { ReactNode } from 'react';
import type { SessionEvent } from '../core/snapshot.js';
import { detailOf, toTimeOfDay } from './events.js';

interface EventLogProps {
  /** Newest first. */
  log: readonly SessionEvent[];
  onClear: () => void;
}

/** The events since the panel was mounted. */
export function EventLog({ log, onClear }: EventLogProps): ReactNode {
  return (
    <section aria-label="Events">
      <h3>
        Events{' '}
        <button type="button" onClick={onClear}>
          Clear
        </button>
      </h3>
      {log.length === 0 && <p>No events yet.</p>}
      {/* A scrollable region must be reachable by keyboard (WCAG 2.1.1). */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ol tabIndex={0} aria-label="Newest first">
        {log.map((event, index) => (
          <li key={log.length - index}>
            <time>{toTimeOfDay(event.at)}</time> <code>{event.type}</code> {detailOf(event)}
          </li>
        ))}
      </ol>
    </section>
  );
}
