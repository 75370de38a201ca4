import { defaultToken } from './accessToken.js';
import type { Config } from './config.js';
import { endReasonOf } from './sessionEnd.js';
import { type Draft, requestOf } from './state.js';

/** So many new tokens are asked for the date of their issue; one that another tab got may not settle it. */
const mostAttempts = 3;
/** How long a failing source is left alone before it is asked again (ms). */
const pause = 10_000;

/** Before a deadline is believed to have passed, the source is asked whether the session still exists. */
export function verifyWithSource(s: Draft, notBefore = 0): void {
  s.verification = { kind: 'session', notBefore };
}

/**
 * The source has said that the session exists. Where only our own, uncertain clock says that its time is
 * up, a new token is asked for the date of its issue.
 */
export function verifyWithToken(s: Draft, config: Config): void {
  if (s.verification.kind === 'token') return;
  s.verification = { kind: 'none' };
  const isUncertain = s.clock.uncertainty !== null && config.hasTokens && config.isSilent;
  if (isUncertain && endReasonOf(s, config) !== null)
    s.verification = { kind: 'token', attempts: 0 };
}

/** A new token has come, or none is to be had. */
export function settleVerification(s: Draft, isDated: boolean): void {
  const { verification, clock } = s;
  if (verification.kind !== 'token') return;
  const { error } = requestOf(s, defaultToken);
  const attempts = verification.attempts + 1;
  if (error?.retryable) verifyWithSource(s, clock.device + pause);
  else if (error || !isDated || !clock.uncertainty || attempts >= mostAttempts) {
    s.verification = { kind: 'none' };
  } else s.verification = { kind: 'token', attempts };
}
