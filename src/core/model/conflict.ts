import type { Session } from '../types.js';
import { backoff } from './backoff.js';
import { longAgo } from './clock.js';
import { newSignIn } from './facts.js';
import { noStamp } from './stamp.js';
import { type Draft, stampNow } from './state.js';
import { startSync, verifyWithSource } from './verification.js';

/** The SDK of this tab gets this time to read a sign-in of another tab (ms). */
export const sdkDelay = 1_000;

/**
 * This tab's source has another user, no session or a former authentication of the user, although another tab has published a sign-in: its SDK
 * may read the sign-in late, or store its user for each tab. The source and the other tabs are asked once
 * more; then this tab keeps its own user, so that a disagreement costs a bounded number of messages.
 */
export function resolveConflict(s: Draft, session: Session | null): void {
  const { clock, config, conflict, signIn } = s;
  const count = (conflict?.count ?? 0) + 1;
  const notBefore = (conflict?.at ?? longAgo) + sdkDelay;
  // The request had another cause, and the SDK may not have read the sign-in yet.
  if (clock.device < notBefore) return verifyWithSource(s, notBefore);
  s.conflict = { count, at: clock.device, isConfirmed: false };
  startSync(s);
  const isOther = session !== null && config.userOf(session) !== signIn?.user;
  const mustDetach = count > 1 && (isOther || !conflict?.isConfirmed);
  if (!mustDetach || !signIn) {
    return verifyWithSource(s, clock.device + backoff(count, s.reading.random));
  }
  const stamp = stampNow(s);
  s.detachedFrom = signIn.id;
  s.conflict = null;
  s.signIn = session && newSignIn(s, session, stamp);
  s.confirmed = session ? stamp : noStamp;
}
