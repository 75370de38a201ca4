import type { Connection, SessionState } from '../snapshot.js';
import { defaultToken } from './accessToken.js';
import { never, serverNow } from './clock.js';
import { deadlineOf, isExpiring, warningAt } from './deadline.js';
import { isOpen } from './facts.js';
import { endReasonHere } from './hiddenSession.js';
import { isVerifying } from './sessionEnd.js';
import { requestOf, type State } from './state.js';

/** The part of the snapshot that describes the session. */
export function sessionStatus(state: State): SessionState {
  const { hiddenReason, isAnswered, shown, signIn } = state;
  const error = requestOf(state, 'session').error ?? requestOf(state, defaultToken).error;
  const common = { connection: connectionOf(state), error };
  if (isOpen(signIn)) {
    const deadline = deadlineOf(state);
    const canExtend = deadline?.kind === 'idle';
    const open = { ...common, session: signIn.session, reason: null, canExtend };
    return deadline && isExpiring(state)
      ? { ...open, status: 'expiring', deadline }
      : { ...open, status: 'active', deadline };
  }
  const closed = { ...common, deadline: null, canExtend: false } as const;
  const reason = endReasonHere(state);
  if (reason && shown) return { ...closed, status: 'expired', session: shown, reason };
  if (!isAnswered) return { ...closed, status: 'loading', session: null, reason: null };
  return { ...closed, status: 'signed-out', session: null, reason: hiddenReason };
}

/** When the status changes without another input (device time). */
export function statusChangesAt(state: State): number {
  const { clock } = state;
  const deadline = deadlineOf(state);
  if (!deadline) return never;
  const now = serverNow(clock);
  const warnAt = warningAt(state, deadline);
  if (now < warnAt) return warnAt - clock.offset;
  // After the deadline, and while it is verified, only an answer of the source or of another tab changes it.
  return now >= deadline.at || isVerifying(state) ? never : deadline.at - clock.offset;
}

function connectionOf({ reading, isFailing }: State): Connection {
  if (!reading.online) return 'offline';
  return isFailing ? 'degraded' : 'online';
}
