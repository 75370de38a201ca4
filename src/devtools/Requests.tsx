import type { ReactNode } from 'react';
import type { RequestRecord } from './analyzeLog.js';
import { toTimeOfDay } from './events.js';

/** The requests to the source that the log contains, each with its reason and its result. */
export function Requests({ requests }: { requests: readonly RequestRecord[] }): ReactNode {
  return (
    <section aria-label="Requests">
      <h3>Requests</h3>
      {requests.length === 0 && <p>No requests yet.</p>}
      {/* A scrollable region must be reachable by keyboard (WCAG 2.1.1). */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ol tabIndex={0} aria-label="Newest first">
        {requests.toReversed().map(({ at, request, reason, result }, index) => (
          <li key={requests.length - index}>
            <time>{toTimeOfDay(at)}</time> <code>{nameOf(request)}</code> {reason} → {result}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The default token without the key of its request. */
function nameOf(request: string): string {
  return request.startsWith('token:') ? request.replace(/:\{\}$/, '') : request;
}
