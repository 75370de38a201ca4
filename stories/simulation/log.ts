import type { SessionEvent } from 'session-clock';
import type { SimulatedClock } from './clock';
import type { RequestRecord } from './server';

export interface LogEntry {
  id: number;
  /** The true time (epoch ms). */
  at: number;
  kind: 'request' | 'event' | 'call' | 'action';
  text: string;
  detail: string;
}

const longest = 60;

/** What happened in a simulation, newest first, and the number of requests. */
export class SimulationLog {
  entries: readonly LogEntry[] = [];
  requests = 0;
  readonly #clock: SimulatedClock;
  readonly #listeners = new Set<() => void>();
  #nextId = 1;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  add = (entry: Pick<LogEntry, 'kind' | 'text' | 'detail'>): void => {
    const added = { ...entry, id: this.#nextId++, at: this.#clock.now() };
    this.entries = [added, ...this.entries].slice(0, longest);
    for (const listener of this.#listeners) listener();
  };

  addRequest = ({ tab, request, outcome }: RequestRecord): void => {
    this.requests += 1;
    this.add({ kind: 'request', text: `Tab ${tab}: ${request}`, detail: outcome });
  };

  addEvent = (event: SessionEvent): void => {
    this.add({ kind: 'event', text: event.type, detail: detailOf(event) });
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readEntries = (): readonly LogEntry[] => this.entries;
}

function detailOf(event: SessionEvent): string {
  switch (event.type) {
    case 'session-started':
      return String(event.session.user.name);
    case 'session-ended':
      return event.reason;
    case 'connection-changed':
      return event.connection;
    case 'access-token-refresh-failed':
      return event.error.code;
    case 'resumed':
      return `after ${Math.round(event.slept / 60_000)} min`;
    default:
      return '';
  }
}
