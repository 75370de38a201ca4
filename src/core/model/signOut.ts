import type { EndReason } from '../types.js';
import { cancelRunning, clearErrors } from './requests.js';
import { endSession } from './signIn.js';
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

/** The user signs in or out here. An earlier act that was replaced ends nothing. */
export function changeAct(s: Draft, kind: Act['kind'], id: number): void {
  if (kind === 'none' && s.act.id !== id) return;
  s.act = { kind, id, since: kind === 'signed-in' ? s.act.since : s.latest };
  if (kind !== 'signed-in') return;
  // What was answered before the sign-in says nothing of it.
  cancelRunning(s);
  clearErrors(s);
}
