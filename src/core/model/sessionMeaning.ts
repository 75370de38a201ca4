import type { Session } from '../types.js';
import { never } from './clock.js';
import { begunAtOf, type End, endOf, type SignIn } from './facts.js';
import { stampTime } from './stamp.js';
import type { State } from './state.js';

/** A provider states the date of a sign-in in whole seconds, by its own clock (ms). */
const tolerance = 2_000;

/**
 * What an answer of the source means. `new`: a new sign-in. `same`: the known sign-in. `ended`: the known
 * sign-in after its end, which an SDK has kept. `conflict`: another tab has published a newer sign-in of
 * another user, and the source does not have it.
 */
export type Meaning = 'new' | 'same' | 'ended' | 'conflict';

/** Compares the source's session with the known sign-in. `isEvent`: the source reported it without a request. */
export function meaningOf(s: State, session: Session, isEvent: boolean): Meaning {
  const { config, own, signIn } = s;
  const user = config.userOf(session);
  if (!signIn) return 'new';
  const end = endOf(signIn);
  if (signIn.user !== user) {
    // The source had this user before as well, so its answer is not a new sign-in.
    return !end && !isEvent && own?.user === user ? 'conflict' : 'new';
  }
  if (end) return isEvent || isAfterEnd(s, signIn, end, session) ? 'new' : 'ended';
  // Restored from storage: the source may have had no session, or a new sign-in, since.
  const isRestored = signIn.session === null;
  const isNewer = own?.user === null || isLater(s, signIn, session, signIn.startedAt + tolerance);
  return isRestored && isNewer ? 'new' : 'same';
}

/**
 * After the end, a session is a new one if the source was cleared, or if the session began later. A provider
 * that signs a user in without a question states the former authentication; if only that date is known, a
 * sign-in that was started after the end counts as well.
 */
function isAfterEnd(s: State, signIn: SignIn, end: End, session: Session): boolean {
  if (s.cleared === end.stamp) return true;
  if (session.startedAt === undefined && s.loginStartedAt > end.stamp) return true;
  if (begunAtOf(session) === null) return !s.config.canClear;
  const { device, wall } = s.clock;
  return isLater(s, signIn, session, stampTime(end.stamp) + device - wall);
}

/** Whether the session began later than the sign-in or, if that states no date, than `time` (device time). */
function isLater({ clock }: State, { begunAt }: SignIn, session: Session, time: number): boolean {
  return (begunAtOf(session) ?? 0) > (begunAt ?? time + clock.offset);
}

/**
 * Whether an answer can tell a new sign-in from the one that has ended by its time, and that the source may
 * still have. If not, the source is asked only when the user or the app wants it.
 */
export function canTellNew({ config, signIn }: State): boolean {
  const reason = endOf(signIn)?.reason;
  if (reason !== 'idle' && reason !== 'lifetime') return true;
  return config.canClear || signIn?.begunAt != null;
}

/** Whether the session may be a newer sign-in than the one from storage, although neither states a date. */
export function mayBeNewer({ config }: State, signIn: SignIn, session: Session): boolean {
  return signIn.session === null && begunAtOf(session) === null && !config.canClear;
}

/** Whether the user has authenticated again in another tab, and the SDK of this tab has kept the former authentication. */
export function isFormerAuthentication(
  session: Session,
  { begunAt, session: known }: SignIn,
): boolean {
  if (known) return (session.authenticatedAt ?? never) < (known.authenticatedAt ?? 0);
  // Restored from storage, which has one date for both.
  return (begunAtOf(session) ?? never) + tolerance < (begunAt ?? 0);
}
