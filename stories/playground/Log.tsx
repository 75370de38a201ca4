import { type ReactNode, useSyncExternalStore } from 'react';
import type { SimulationLog } from '../simulation/log';

/** Requests, events, calls and actions, newest first. */
export function Log({ log }: { log: SimulationLog }): ReactNode {
  const entries = useSyncExternalStore(log.subscribe, log.readEntries);
  return (
    <section className="playground-log" aria-labelledby="playground-log">
      <h2 id="playground-log">
        What happened <output aria-label="Requests">{log.requests} requests</output>
      </h2>
      <ol aria-labelledby="playground-log" tabIndex={0}>
        {entries.map(({ id, at, kind, text, detail }) => (
          <li key={id} data-kind={kind}>
            <time>{new Date(at).toLocaleTimeString()}</time> <span>{text}</span>{' '}
            <b data-ok={/^20\d$/.test(detail) || kind !== 'request'}>{detail}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}
