import type { EndReason } from '../types.js';
import { endOf } from './facts.js';
import { isOfOtherTab } from './stamp.js';
import type { Draft, State } from './state.js';

/** Why the session has ended, for the user of this tab; `null`: it has not. */
export function endReasonHere({ config, signIn }: State): EndReason | null {
  const end = endOf(signIn);
  if (!end) return null;
  const isOther = end.reason === 'signed-out' && isOfOtherTab(end.stamp, config.tab);
  return isOther ? 'signed-out-elsewhere' : end.reason;
}

/** Whether the page does not show the session that has ended: after a sign-out in this tab, and after the ends of `hideAfter`. */
export function isHidden(state: State): boolean {
  const reason = endReasonHere(state);
  return reason === 'signed-out' || (reason !== null && state.config.hideAfter.includes(reason));
}

/** The page shows no session from now on, and no call waits for a new sign-in. */
export function hideSession(s: Draft): void {
  s.hiddenReason = endReasonHere(s);
  s.shown = null;
}
