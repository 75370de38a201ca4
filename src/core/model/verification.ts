import { defaultToken } from './accessToken.js';
import { longAgo } from './clock.js';
import { endReasonOf } from './sessionEnd.js';
import { type Draft, requestOf } from './state.js';

/** The number of fresh tokens that are requested: one that another tab requested may have no date. */
const mostAttempts = 3;
/** The pause before the source is asked again after a failure (ms). */
const pause = 10_000;

/** Requests the session before a deadline counts. */
export function verifyWithSource(s: Draft, notBefore = 0): void {
  s.verification = { kind: 'session', notBefore };
}

/** The source has the session. If only a clock that may be wrong is past the deadline, the date of a fresh token corrects it. */
export function verifyWithToken(
  s: Draft,
  mayBeWrong: boolean = s.clock.uncertainty !== null,
): void {
  if (s.verification?.kind === 'token') return;
  s.verification = null;
  const canDate = mayBeWrong && s.config.hasTokens && s.config.isSilent;
  if (canDate && endReasonOf(s)) s.verification = { kind: 'token', attempts: 0 };
}

/** The token request has succeeded or failed; `isDated`: the token states when it was issued. */
export function settleVerification(s: Draft, isDated: boolean): void {
  const { verification, clock } = s;
  if (verification?.kind !== 'token') return;
  const { error } = requestOf(s, defaultToken);
  const attempts = verification.attempts + 1;
  const isDone = error || !isDated || !clock.uncertainty || attempts >= mostAttempts;
  if (error?.retryable) verifyWithSource(s, clock.device + pause);
  else s.verification = isDone ? null : { kind: 'token', attempts };
}

/** Requests the facts of the other tabs. */
export function startSync(s: Draft): void {
  if (!s.isSyncing) s.syncedAt = s.clock.device;
  s.isSyncing = s.config.hasOtherTabs;
}

/** An interrupted sync does not count. */
export function cancelSync(s: Draft): void {
  if (s.isSyncing) s.syncedAt = longAgo;
  s.isSyncing = false;
}
