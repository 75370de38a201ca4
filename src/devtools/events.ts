import type { SessionClient } from '../core/shell/sessionClient.js';
import type { SessionEvent, SessionEventType } from '../core/snapshot.js';

const maxLogLength = 100;

/** A record, so that a missing event type is a compile error. */
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

/** Calls `onEvent` for every event. Returns a function that unsubscribes. */
export function subscribeToEvents(
  client: SessionClient,
  onEvent: (event: SessionEvent) => void,
): () => void {
  const stops = (Object.keys(types) as SessionEventType[]).map((type) => client.on(type, onEvent));
  return () => {
    for (const stop of stops) stop();
  };
}

/** Adds an event to the log, newest first. */
export function prepend(log: readonly SessionEvent[], event: SessionEvent): SessionEvent[] {
  return [event, ...log].slice(0, maxLogLength);
}

/** A short text with the data of an event. */
export function detailOf(event: SessionEvent): string {
  switch (event.type) {
    case 'session-started':
      return event.session.user.sub;
    case 'session-ended':
      return event.reason;
    case 'session-expiring':
      return event.deadline.kind;
    case 'session-extended':
      return event.deadline ? `until ${toTimeOfDay(event.deadline.at)}` : '';
    case 'access-token-refreshed':
      return event.expiresAt === null ? '' : `until ${toTimeOfDay(event.expiresAt)}`;
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

/** The local time of day, in the user's locale. */
export function toTimeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString();
}
