import type { Session } from '../types.js';
import type { Config } from './config.js';
import { begunAtOf, type End, endOf, type SignIn } from './facts.js';
import { stampTime } from './stamp.js';
import type { State } from './state.js';

/** A provider tells the time of a sign-in in whole seconds, by a clock of its own (ms). */
const tolerance = 2_000;

/**
 * What a session that the source states means. `new`: a sign-in that is not known yet. `same`: the known one
 * goes on. `ended`: it is over, and an SDK has kept it. `contradiction`: another tab has published a newer
 * sign-in of another user, of which the own source does not know.
 */
export type Meaning = 'new' | 'same' | 'ended' | 'contradiction';

export function meaningOf(s: State, session: Session, isEvent: boolean, config: Config): Meaning {
  const { own, signIn } = s;
  const user = config.userOf(session);
  if (!signIn) return 'new';
  const end = endOf(signIn);
  if (signIn.user !== user) {
    // Another user than before is news; the same one as ever is not.
    return end || isEvent || own?.user !== user ? 'new' : 'contradiction';
  }
  if (end) return isAfterEnd(s, signIn, end, session, isEvent, config) ? 'new' : 'ended';
  // Known from storage only: since then the source may have had no session, or a new sign-in.
  const isRestored = signIn.session === null;
  const isNewer = own?.user === null || isLater(s, signIn, session, signIn.startedAt + tolerance);
  return isRestored && isNewer ? 'new' : 'same';
}

/**
 * After the end a session is a new one if the source was told to forget the former, or if it began later. A
 * provider that signs a user in without asking states the date of the former authentication, so where only
 * that is known, a sign-in that was started after the end counts too.
 */
function isAfterEnd(
  s: State,
  signIn: SignIn,
  end: End,
  session: Session,
  isEvent: boolean,
  { canClear }: Config,
): boolean {
  if (isEvent || s.cleared === end.stamp) return true;
  if (session.startedAt === undefined && s.loginStartedAt > end.stamp) return true;
  if (begunAtOf(session) === null) return !canClear;
  const { device, wall } = s.clock;
  return isLater(s, signIn, session, stampTime(end.stamp) + device - wall);
}

/** Whether the session says that it began later than the sign-in did, or, where that is not known, than `time` (device time). */
function isLater({ clock }: State, { begunAt }: SignIn, session: Session, time: number): boolean {
  return (begunAtOf(session) ?? 0) > (begunAt ?? time + clock.offset);
}

/** Whether a sign-in, once its deadline is believed to have passed, could still be a newer one that does not say so. */
export function mayBeNewer(signIn: SignIn, session: Session, { canClear }: Config): boolean {
  return signIn.session === null && begunAtOf(session) === null && !canClear;
}
