import type { Deadline } from '../snapshot.js';
import { never } from './clock.js';
import { deadlineOf, hasPassed, isExpiring } from './deadline.js';
import { isOpen } from './facts.js';
import { changeRequest } from './requests.js';
import { type Draft, requestOf, type State, stampNow } from './state.js';

/** The session of an active user is extended once in this time (ms). */
const longestInterval = 60_000;

/** When the session is extended next (device time). */
export function extensionDueAt(state: State): number {
  const { activeAt, clock, config, isSyncing, signIn, verification } = state;
  const { isRequested, error, retryAt } = requestOf(state, 'extend');
  const deadline = deadlineOf(state);
  if (!isOpen(signIn) || deadline?.kind !== 'idle' || isSyncing) return never;
  if (isRequested) return 0;
  if (config.canExtend && verification) return never;
  const due = activityDueAt(deadline, clock.offset, signIn.extendedAt, activeAt);
  return Math.max(due, error ? retryAt : 0);
}

/**
 * When activity extends the session: once a minute, or in the first third of a life that is shorter than
 * three minutes, so that a server that fails is asked again long before the end.
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

/** The key of the error if the session cannot be extended now, or `null`. */
export function refuseExtension(state: State): 'ended' | 'notExtendable' | null {
  const deadline = deadlineOf(state);
  // After the deadline, only the source can extend the session.
  const isOver = !state.config.canExtend && hasPassed(state, deadline);
  if (!isOpen(state.signIn) || isOver) return 'ended';
  return deadline?.kind === 'idle' ? null : 'notExtendable';
}

/** Without `source.extend()`, the idle time starts again at the latest activity, or now if `extend()` was called. */
export function countActivity(s: Draft): void {
  const { activeAt, clock, config, signIn } = s;
  if (config.canExtend || !isOpen(signIn)) return;
  const extendedAt = requestOf(s, 'extend').isRequested ? clock.device : activeAt;
  changeRequest(s, 'extend', { isRequested: false });
  if (extendedAt > signIn.extendedAt) {
    s.signIn = { ...signIn, extendedAt, extendedStamp: stampNow(s) };
  }
}

/** The user was active. After the deadline, only an answer of the source extends the session. */
export function noteActivity(s: Draft): void {
  if (hasPassed(s, deadlineOf(s))) return;
  // While a dialog asks the user, only the answer counts.
  const isAsked = s.prompts.expiry > 0 && isExpiring(s);
  if (!isAsked) s.activeAt = s.clock.device;
}

/** The user was active, and the source could not extend the session: it does not end by that failure. */
export function hasUnsentActivity(state: State): boolean {
  const { activeAt, signIn } = state;
  return requestOf(state, 'extend').error !== null && activeAt > (signIn?.extendedAt ?? 0);
}
