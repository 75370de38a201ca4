import type { Connection, Deadline, SessionState } from '../snapshot.js';
import type { EndReason } from '../types.js';
import { defaultToken } from './accessToken.js';
import { serverNow } from './clock.js';
import type { Config } from './config.js';
import { canExtend, deadlineOf } from './deadline.js';
import { endOf, isOpen, type OpenSignIn } from './facts.js';
import { stampTab } from './stamp.js';
import { requestOf, type State } from './state.js';

const never = Number.POSITIVE_INFINITY;
const noDeadline = { deadline: null, canExtend: false } as const;

/** What is shown of the session, and when that changes by itself (device time). */
export function sessionStatus(
  state: State,
  config: Config,
): { shown: SessionState; wakeAt: number } {
  const { signIn } = state;
  return isOpen(signIn)
    ? openStatus(state, signIn, config)
    : { shown: closedStatus(state), wakeAt: never };
}

function openStatus(
  state: State,
  { session }: OpenSignIn,
  config: Config,
): { shown: SessionState; wakeAt: number } {
  const deadline = deadlineOf(state, config);
  const common = { ...circumstances(state), session, reason: null };
  if (!deadline) return { shown: { ...common, ...noDeadline, status: 'active' }, wakeAt: never };
  const { offset } = state.clock;
  const shown = { ...common, deadline, canExtend: canExtend(deadline, session, config) };
  const warnAt = warningAt(deadline, config);
  const now = serverNow(state.clock);
  if (now < warnAt) return { shown: { ...shown, status: 'active' }, wakeAt: warnAt - offset };
  // In doubt, and after the deadline, only an answer changes it: of the source, or of the other tabs.
  const isOpenEnd = now >= deadline.at || state.verification.kind !== 'none';
  const wakeAt = isOpenEnd ? never : deadline.at - offset;
  return { shown: { ...shown, status: 'expiring' }, wakeAt };
}

function closedStatus(state: State): SessionState {
  const { isAnswered, shown, signIn } = state;
  const common = { ...circumstances(state), ...noDeadline };
  const end = signIn && endOf(signIn);
  if (end && shown) {
    return { ...common, status: 'expired', session: shown, reason: reasonShown(end.reason) };
  }
  if (!isAnswered) return { ...common, status: 'loading', session: null, reason: null };
  const isOurs = end?.reason === 'signed-out' && stampTab(end.stamp) === state.tab;
  return { ...common, status: 'signed-out', session: null, reason: isOurs ? end.reason : null };
}

/** Inside `warnBefore` of the deadline. */
export function isExpiring(state: State, config: Config): boolean {
  const deadline = deadlineOf(state, config);
  return deadline !== null && serverNow(state.clock) >= warningAt(deadline, config);
}

/** A warning takes no more than half of the life that it warns of. */
function warningAt({ at, since }: Deadline, { policy }: Config): number {
  return at - Math.min(policy.warnBefore, Math.max(at - since, 0) / 2);
}

/** A page that still shows the session did not sign out itself. */
function reasonShown(reason: EndReason): EndReason {
  return reason === 'signed-out' ? 'signed-out-elsewhere' : reason;
}

function circumstances(state: State): Pick<SessionState, 'connection' | 'error'> {
  const error = requestOf(state, 'session').error ?? requestOf(state, defaultToken).error;
  return { connection: connectionOf(state), error };
}

function connectionOf({ reading, isFailing }: State): Connection {
  if (!reading.online) return 'offline';
  return isFailing ? 'degraded' : 'online';
}
