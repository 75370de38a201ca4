import type { Session } from '../types.js';
import { backoff } from './backoff.js';
import type { Config } from './config.js';
import { newSignIn } from './facts.js';
import { noStamp } from './stamp.js';
import { type Draft, stampNow } from './state.js';
import { startSync } from './sync.js';
import { verifyWithSource } from './verification.js';

/** The SDK of this tab has this time to learn of a sign-in in another (ms). */
export const shortestPause = 1_000;

/**
 * The source of this tab has another user or no session, while other tabs have published a sign-in: its SDK may
 * learn of it late, or keep its user for each tab apart. One more question, and one to the other tabs;
 * then this tab goes its own way, so that a disagreement costs a bounded number of messages.
 */
export function contradict(s: Draft, session: Session | null, config: Config): void {
  const { signIn, dispute, clock, assertedAt } = s;
  const count = (dispute?.count ?? 0) + 1;
  const isAsserted = dispute !== null && assertedAt >= dispute.at;
  const notBefore = (dispute?.at ?? 0) + shortestPause;
  // Asked for another reason, too soon for the SDK to have learned of it.
  if (clock.device < notBefore) return verifyWithSource(s, notBefore);
  s.dispute = { count, at: clock.device };
  startSync(s, config);
  const mustLeave = count > 1 && (session !== null || !isAsserted);
  if (!mustLeave || !signIn) {
    verifyWithSource(s, clock.device + backoff(count, s.reading.random));
    return;
  }
  const stamp = stampNow(s);
  s.detachedFrom = signIn.id;
  s.dispute = null;
  s.signIn = session && newSignIn(session, config.userOf(session), stamp, false, clock.device);
  s.confirmed = session ? stamp : noStamp;
}
