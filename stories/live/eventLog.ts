import type { SessionEvent } from 'session-clock';

let log: readonly SessionEvent[] = [];
const listeners = new Set<() => void>();

/** Adds an event to the log, which keeps the latest 50, newest first. */
export function logEvent(event: SessionEvent): void {
  log = [event, ...log].slice(0, 50);
  for (const listener of listeners) listener();
}

export function subscribeToLog(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readLog(): readonly SessionEvent[] {
  return log;
}
