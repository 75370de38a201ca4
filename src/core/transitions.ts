import type { SessionEvent, Snapshot } from './snapshot.js';
import type { Instant } from './types.js';

/** The events that lie between two snapshots. */
export function transitions(before: Snapshot, after: Snapshot, at: Instant): SessionEvent[] {
  const events: SessionEvent[] = [];
  if (before.connection !== after.connection) {
    events.push({ type: 'connection-changed', at, connection: after.connection });
  }
  const was = before.status === 'active' || before.status === 'expiring';
  const is = after.status === 'active' || after.status === 'expiring';
  if (was && !is && after.reason) {
    events.push({ type: 'session-ended', at, session: before.session, reason: after.reason });
  }
  if (is && (!was || before.session.user.sub !== after.session.user.sub)) {
    if (before.session && before.session.user.sub !== after.session.user.sub) {
      events.push({ type: 'user-changed', at, from: before.session, to: after.session });
    }
    events.push({ type: 'session-started', at, session: after.session });
  }
  if (after.status === 'expiring' && before.status !== 'expiring') {
    const { session, deadline } = after;
    events.push({ type: 'session-expiring', at, session, deadline });
  }
  return events;
}
