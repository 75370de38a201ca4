import type { Deadline } from '../snapshot.js';
import { serverNow } from './clock.js';
import type { Config } from './config.js';
import { canExtend, deadlineOf } from './deadline.js';
import { isOpen } from './facts.js';
import { requestOf, type State } from './state.js';

const never = Number.POSITIVE_INFINITY;
/** While the user is active, the session is extended no more often than this (ms). */
const longestInterval = 60_000;

/** When the session is to be extended next (device time). */
export function extensionDueAt(state: State, config: Config): number {
  const { signIn, activeAt, clock, isSyncing, verification } = state;
  const { isRequested, error, retryAt } = requestOf(state, 'extend');
  const deadline = deadlineOf(state, config);
  if (!isOpen(signIn) || deadline?.kind !== 'idle' || isSyncing) return never;
  if (isRequested) return 0;
  if (config.canExtend && verification.kind !== 'none') return never;
  const due = activityDueAt(deadline, clock.offset, signIn.extendedAt, activeAt);
  return Math.max(due, error ? retryAt : 0);
}

/** Why the session cannot be extended now, or `null`. */
export function refuseExtension(state: State, config: Config): 'ended' | 'notExtendable' | null {
  const { signIn, clock } = state;
  const deadline = deadlineOf(state, config);
  if (!isOpen(signIn)) return 'ended';
  if (!deadline) return 'notExtendable';
  // It is not over before the source has said so, and it does not go on by our word alone.
  if (!config.canExtend && serverNow(clock) >= deadline.at) return 'ended';
  return canExtend(deadline, signIn.session, config) ? null : 'notExtendable';
}

/**
 * When activity extends the session: once a minute, and in the first third of a life that is shorter than
 * three, so that a failing server is asked again long before the end.
 */
export function activityDueAt(
  { at }: Deadline,
  offset: number,
  extendedAt: number,
  activeAt: number,
): number {
  if (activeAt <= extendedAt || activeAt + offset >= at) return never;
  const interval = Math.min(longestInterval, (at - offset - extendedAt) / 3);
  return Math.max(activeAt, extendedAt + interval);
}
