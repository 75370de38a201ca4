import type { EndReason } from '../types.js';
import { cancelRequest, cancelRunning, clearErrors } from './requests.js';
import { endSession } from './signIn.js';
import type { Stamp } from './stamp.js';
import { type Act, type Draft, stampNow } from './state.js';

/** The session was ended by the user, or by a message of the server. */
export function endByInput(s: Draft, reason: EndReason): void {
  endSession(s, reason);
  if (reason === 'signed-out') leave(s);
}

/** The user has signed out here: nothing is shown of the session, and no call waits for a new sign-in. */
function leave(s: Draft): void {
  s.shown = null;
  s.isAnswered = true;
  s.own = { user: null, stamp: stampNow(s) };
  clearErrors(s);
}

/** The source keeps no credentials of the ended sign-in: what it says from now on is of another one. */
export function noteCleared(s: Draft, end: Stamp, at: number): void {
  s.cleared = end;
  s.clearedAt = at;
  // An answer to what was asked before is of the former sign-in.
  cancelRequest(s, 'session');
}

/** The user signs in or out here. An earlier act that was replaced ends nothing. */
export function changeAct(s: Draft, kind: Act['kind'], id: number): void {
  if (kind === 'none' && s.act.id !== id) return;
  s.act = { kind, id, since: kind === 'signed-in' ? s.act.since : stampNow(s) };
  if (kind !== 'signed-in') return;
  // What was answered before the sign-in says nothing of it.
  cancelRunning(s);
  clearErrors(s);
}
