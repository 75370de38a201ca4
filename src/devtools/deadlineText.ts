import type { Deadline, Snapshot } from '../core/snapshot.js';
import { toTimeOfDay } from './events.js';

/** When the session ends, and why then. `extensions`: how often it was extended since the log begins. */
export function deadlineText(
  { status, reason, deadline, session }: Snapshot,
  extensions: number,
): string {
  if (status === 'loading') return 'The source has not answered yet.';
  if (!session) return 'There is no session.';
  if (status === 'expired') return `The session has ended: ${reason}.`;
  if (!deadline) return 'No end is known: the source states none, and the policy has none.';
  return `Session ends ${toTimeOfDay(deadline.at)}: ${causeOf(deadline, session, extensions)}.`;
}

function causeOf(
  { at, kind, since }: Deadline,
  { expiresAt, idleExpiresAt }: NonNullable<Snapshot['session']>,
  extensions: number,
): string {
  const isStated = at === expiresAt || at === idleExpiresAt;
  const by = isStated ? 'as the source states' : 'by the policy';
  switch (kind) {
    case 'idle': {
      return `idle, ${by}, last activity ${toTimeOfDay(since)}, ${timesText(extensions)}`;
    }
    case 'lifetime':
      return `fixed, ${by}, signed in ${toTimeOfDay(since)}; activity does not move it`;
    case 'access-token':
      return `with its access token, issued ${toTimeOfDay(since)}`;
  }
}

function timesText(extensions: number): string {
  if (extensions === 0) return 'not extended';
  return extensions === 1 ? 'extended once' : `extended ${extensions} times`;
}
