import type { SessionClient } from '../core/shell/sessionClient.js';
import type { SessionEvent, SessionEventType } from '../core/snapshot.js';

const longestLog = 100;

/** All of them: a new one that is missing here does not compile. */
const types: Record<SessionEventType, true> = {
  'session-started': true,
  'session-expiring': true,
  'session-extended': true,
  'session-ended': true,
  'access-token-refreshed': true,
  'access-token-refresh-failed': true,
  'user-changed': true,
  resumed: true,
  'connection-changed': true,
};

/** Calls `onEvent` with whatever happens. Returns how to stop. */
export function listenToAll(
  client: SessionClient,
  onEvent: (event: SessionEvent) => void,
): () => void {
  const stops = (Object.keys(types) as SessionEventType[]).map((type) => client.on(type, onEvent));
  return () => {
    for (const stop of stops) stop();
  };
}

/** The log with one more event, newest first. */
export function prepend(log: readonly SessionEvent[], event: SessionEvent): SessionEvent[] {
  return [event, ...log].slice(0, longestLog);
}

/** What tells one event from another of its type, in a word. */
export function detailOf(event: SessionEvent): string {
  switch (event.type) {
    case 'session-started':
      return event.session.user.sub;
    case 'session-ended':
      return event.reason;
    case 'session-expiring':
      return event.deadline.kind;
    case 'session-extended':
      return event.deadline ? `until ${clockTime(event.deadline.at)}` : '';
    case 'access-token-refreshed':
      return event.expiresAt === null ? '' : `until ${clockTime(event.expiresAt)}`;
    case 'access-token-refresh-failed':
      return event.error.code;
    case 'user-changed':
      return `${event.from.user.sub} → ${event.to.user.sub}`;
    case 'resumed':
      return `slept ${Math.round(event.slept / 1_000)} s`;
    case 'connection-changed':
      return event.connection;
  }
}

/** A point in time as the person's own clocks show it. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString();
}
