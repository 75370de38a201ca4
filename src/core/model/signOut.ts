import type { EndReason } from '../types.js';
import { endOf } from './facts.js';
import { hideSession } from './hiddenSession.js';
import type { InputOf } from './input.js';
import { cancelRequest, clearErrors } from './requests.js';
import { endSession } from './sessionEnd.js';
import { noStamp, type Stamp } from './stamp.js';
import { type Draft, stampNow } from './state.js';

/** The user has signed out, or the server has revoked the session. */
export function endByInput(s: Draft, reason: EndReason): void {
  endSession(s, reason);
  if (reason !== 'signed-out') return;
  hideSession(s);
  s.isAnswered = true;
  s.own = { user: null, stamp: stampNow(s), at: s.clock.device };
  clearErrors(s);
  // An answer to an earlier request would be about the ended sign-in.
  cancelRequest(s, 'session');
}

/** The source keeps no credentials of the ended sign-in: its later answers are about another one. */
export function noteCleared(s: Draft, end: Stamp, at: number): void {
  s.cleared = end;
  s.clearedAt = at;
  // An answer to an earlier request would be about the ended sign-in.
  cancelRequest(s, 'session');
}

/** The SDK may have stored the user again since the end, for a request from before it. */
export function noteLateAnswer(s: Draft, { since }: InputOf<'late-answer'>): void {
  const end = endOf(s.signIn);
  if (end && since < end.stamp) s.cleared = noStamp;
}
