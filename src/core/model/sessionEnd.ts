import { needsLogin } from '../errors.js';
import type { Deadline } from '../snapshot.js';
import type { EndReason } from '../types.js';
import { defaultToken, isValid, tokenOf } from './accessToken.js';
import { deadlineOf, hasPassed, isStated } from './deadline.js';
import { hasUnsentActivity } from './extension.js';
import { endOf } from './facts.js';
import { isReachable } from './reachability.js';
import { type Draft, requestOf, type State, stampNow } from './state.js';

/** A source that has just answered is not asked again because an end has passed (ms). */
const shortestPause = 10_000;

/**
 * Why the session is over by now, or `null`. First, the source or the other tabs (`'sync'`) have to be
 * asked: the source until it answers (`'verify'`), or once (`'ask'`).
 */
export function endReasonOf(state: State): EndReason | 'verify' | 'ask' | 'sync' | null {
  const { clock, config, isSyncing, syncedAt } = state;
  if (isTokenRefused(state)) return 'token-refresh-failed';
  const deadline = deadlineOf(state);
  if (!hasPassed(state, deadline)) return null;
  if (isVerifying(state)) return 'verify';
  if (deadline.kind !== 'idle') return mayHaveMoved(state, deadline) ? 'ask' : 'lifetime';
  if (hasUnsentActivity(state)) return 'verify';
  // Activity in another tab counts, so the tabs have to sync after the deadline.
  const isSynced = !isSyncing && syncedAt + clock.offset >= deadline.at;
  if (!isSynced && config.hasOtherTabs) return 'sync';
  return mayHaveMoved(state, deadline) ? 'ask' : 'idle';
}

/** Whether the source may have moved an end that it stated: it is asked once after that end, if it can be reached. */
function mayHaveMoved(state: State, deadline: Deadline): boolean {
  const { clock, config, own } = state;
  if (!isStated(state, deadline) || config.readingExtends || !isReachable(state)) return false;
  const { error, isRunning, triedAt } = requestOf(state, 'session');
  const end = deadline.at - clock.offset;
  const hasFailed = error !== null && !isRunning;
  if (hasFailed && (!error.retryable || triedAt >= end)) return false;
  // A source that moves the end with every answer is not asked without a pause.
  return !own || (own.at < end && clock.device - own.at > shortestPause);
}

/**
 * Whether the session ends with its token, which has expired, and the source refused a new one permanently
 * (`invalid_grant` and similar errors, RFC 6749 §5.2). The refusal counts once this tab's source has confirmed the sign-in.
 */
function isTokenRefused(state: State): boolean {
  const { config, confirmed, signIn } = state;
  const { kind, lifetime } = config.policy;
  if (kind !== 'hybrid' && lifetime !== 'access-token') return false;
  const { error, isRunning } = requestOf(state, defaultToken);
  if (!needsLogin(error) || isRunning) return false;
  return confirmed === signIn?.id && !isValid(state, tokenOf(state, defaultToken));
}

/**
 * Whether the source has to be asked before a deadline counts. If it cannot be reached, only a deadline by an
 * uncertain clock has to wait, for example after a sleep.
 */
export function isVerifying(state: State): boolean {
  const { clock, verification } = state;
  return verification !== null && (isReachable(state) || clock.uncertainty !== null);
}

/** `isDefinite`: the source has no session, so no activity before this end undoes it. */
export function endSession(s: Draft, reason: EndReason, isDefinite = false): void {
  const { signIn } = s;
  // A sign-out also replaces another end.
  if (!signIn || (endOf(signIn) && reason !== 'signed-out')) return;
  const stamp = stampNow(s);
  const extendedStamp = isDefinite ? stamp : signIn.extendedStamp;
  s.signIn = { ...signIn, end: { reason, stamp, extendedStamp } };
}
