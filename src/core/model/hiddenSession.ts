import type { EndReason } from '../types.js';
import { type End, endOf } from './facts.js';
import { stampTab } from './stamp.js';
import type { Draft, State } from './state.js';

/** Why the session has ended, for the user of this tab. */
export function reasonHere({ config }: State, { reason, stamp }: End): EndReason {
  const isOther = reason === 'signed-out' && stampTab(stamp) !== config.tab;
  return isOther ? 'signed-out-elsewhere' : reason;
}

/** Whether the page does not show the session that has ended: after a sign-out in this tab, and after the ends of `hideAfter`. */
export function isHidden(state: State): boolean {
  const end = state.signIn && endOf(state.signIn);
  if (!end) return false;
  const reason = reasonHere(state, end);
  return reason === 'signed-out' || state.config.hideAfter.includes(reason);
}

/** The page shows no session from now on, and no call waits for a new sign-in. */
export function hideSession(s: Draft): void {
  const end = s.signIn && endOf(s.signIn);
  s.hiddenReason = end && reasonHere(s, end);
  s.shown = null;
}
