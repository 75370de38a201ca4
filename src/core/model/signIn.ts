import type { Session } from '../types.js';
import { resolveConflict } from './conflict.js';
import { deadlineOf, hasPassed } from './deadline.js';
import { hasUnsentActivity } from './extension.js';
import { begunAtOf, isOpen, newSignIn, type SignIn } from './facts.js';
import { isHidden } from './hiddenSession.js';
import { cancelAll, cancelRequest, clearErrors, finishRequest } from './requests.js';
import { learnFromSession } from './serverTime.js';
import { endReasonOf, endSession } from './sessionEnd.js';
import { isFormerAuthentication, mayBeNewer, meaningOf } from './sessionMeaning.js';
import { noStamp } from './stamp.js';
import { type Act, type Draft, stampNow } from './state.js';
import { verifyWithSource, verifyWithToken } from './verification.js';

/** The source has stated the session; `isEvent`: without a request. */
export function receiveSession(
  s: Draft,
  session: Session | null,
  isEvent: boolean,
  isFresh = false,
): void {
  const { act } = s;
  const isSignIn = act.kind === 'signed-in';
  if (isSignIn) s.act = { ...act, kind: 'none' };
  if (isEvent) cancelRequest(s, 'session');
  finishRequest(s, 'session');
  s.isAnswered = true;
  const meaning = session && meaningOf(s, session, isEvent);
  const user = session && s.config.userOf(session);
  s.own = { user, stamp: stampNow(s), at: s.clock.device };
  if (!session) return receiveNoSession(s);
  if (isEvent) clearErrors(s);
  learnFromSession(s, session, isFresh || isSignIn);
  if (meaning === 'new' || (isSignIn && !isReported(s))) {
    const isOtherUser = s.signIn !== null && s.signIn.user !== user;
    startSignIn(s, session, isSignIn || isEvent || isOtherUser);
  } else if (meaning === 'same') continueSignIn(s, session);
  else if (meaning === 'conflict') resolveConflict(s, session);
  else if (!isHidden(s)) s.shown = session;
}

/** Whether the source reported the sign-in of this tab by an event, before its `login()` was done. */
function isReported({ act, own, signIn }: Draft): boolean {
  if (!isOpen(signIn) || signIn.user !== own?.user) return false;
  return signIn.isObserved && signIn.id > act.since;
}

function receiveNoSession(s: Draft): void {
  const { signIn } = s;
  s.verification = null;
  if (!isOpen(signIn)) return;
  // A source ends only a sign-in that it has confirmed.
  if (s.confirmed === signIn.id) endBySource(s);
  else resolveConflict(s, null);
}

/** The source has no session any more. The reason is the end that has passed, if any. */
function endBySource(s: Draft): void {
  const deadline = deadlineOf(s);
  const isIdle = deadline?.kind === 'idle';
  // A user whose activity could not be sent was not idle.
  if (!hasPassed(s, deadline) || (isIdle && hasUnsentActivity(s))) return endSession(s, 'revoked');
  endSession(s, isIdle ? 'idle' : 'lifetime', true);
}

/** After the sync, the session that the server rendered becomes a fact. */
export function receiveRendered(s: Draft): void {
  const { signIn: rendered } = s;
  if (rendered?.id !== noStamp || !rendered.session) return;
  const isUnverified = s.verification !== null;
  s.signIn = null;
  acceptRendered(s, rendered.session);
  const { startedAt, extendedAt, end } = rendered;
  if (s.signIn) s.signIn = { ...(s.signIn as SignIn), startedAt, extendedAt, end };
  // The server's time is not known yet, so the session may look expired.
  if (isUnverified || endReasonOf(s)) verifyWithSource(s);
}

/** A rendered session that states no date counts as a sign-in that is made now. */
export function acceptRendered(s: Draft, session: Session): void {
  receiveSession(s, session, begunAtOf(session) === null);
}

function continueSignIn(s: Draft, session: Session): void {
  const { signIn } = s;
  if (!signIn) return;
  if (isFormerAuthentication(session, signIn)) return resolveConflict(s, session);
  const isChanged = JSON.stringify(session) !== JSON.stringify(signIn.session);
  // The deadline has passed because the activity could not be sent.
  const isOverdue = hasUnsentActivity(s) && endReasonOf(s) !== null;
  s.signIn = {
    ...signIn,
    session,
    begunAt: begunAtOf(session) ?? signIn.begunAt,
    sessionStamp: isChanged ? stampNow(s) : signIn.sessionStamp,
    ...(isOverdue && { extendedAt: s.activeAt, extendedStamp: stampNow(s) }),
  };
  confirm(s, signIn.id);
  verifyWithToken(s);
  if (mayBeNewer(s, signIn, session) && endReasonOf(s)) startSignIn(s, session, false);
}

function startSignIn(s: Draft, session: Session, isObserved: boolean): void {
  const stamp = stampNow(s);
  s.signIn = newSignIn(s, session, stamp, isObserved);
  s.verification = null;
  s.detachedFrom = noStamp;
  confirm(s, stamp);
  verifyWithToken(s, !s.clock.isServerTime);
}

/** This tab's source has the sign-in. */
function confirm(s: Draft, id: SignIn['id']): void {
  // Its refusals before were not about this sign-in.
  if (s.confirmed !== id) clearErrors(s);
  s.confirmed = id;
  s.conflict = null;
}

/** The source has extended the session; `null`: the session is gone. */
export function receiveExtension(s: Draft, session: Session | null): void {
  finishRequest(s, 'extend');
  cancelRequest(s, 'session');
  const { clock, config, signIn } = s;
  if (!isOpen(signIn)) return;
  if (!session) return endBySource(s);
  if (config.userOf(session) !== signIn.user) return receiveSession(s, session, true);
  learnFromSession(s, session, true);
  const stamp = stampNow(s);
  const extension = { extendedAt: clock.device, extendedStamp: stamp };
  s.signIn = { ...signIn, session, sessionStamp: stamp, ...extension };
}

/** A sign-in or sign-out of this tab has reached its next step. One that was replaced does not end the later one. */
export function changeAct(s: Draft, kind: Act['kind'], id: number): void {
  if (kind === 'none' && s.act.id !== id) return;
  s.act = { kind, id, since: kind === 'signed-in' ? s.act.since : stampNow(s) };
  if (kind !== 'signed-in') return;
  // Answers from before the sign-in are not about it.
  cancelAll(s);
  clearErrors(s);
}
