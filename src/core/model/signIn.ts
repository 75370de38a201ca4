import type { EndReason, Session } from '../types.js';
import type { Config } from './config.js';
import { contradict } from './dispute.js';
import { begunAtOf, endOf, isOpen, newSignIn, type SignIn } from './facts.js';
import { cancelRequest, changeRequest, clearErrors, finishRequest } from './requests.js';
import { endReasonOf, hasUnsentActivity } from './sessionEnd.js';
import { mayBeNewer, meaningOf } from './sessionMeaning.js';
import { noStamp } from './stamp.js';
import { type Draft, requestOf, stampNow } from './state.js';
import { verifyWithSource, verifyWithToken } from './verification.js';

/** The source has said who is signed in: it was asked, or (`isEvent`) said it by itself. */
export function receiveSession(
  s: Draft,
  session: Session | null,
  isEvent: boolean,
  config: Config,
): void {
  const { act } = s;
  // Of a sign-out that was started here it is no news.
  if (isEvent && act.kind === 'signing-out') return;
  const isSignIn = act.kind === 'signed-in';
  if (isSignIn) s.act = { ...act, kind: 'none' };
  if (isEvent) cancelRequest(s, 'session');
  finishRequest(s, 'session');
  s.isAnswered = true;
  const meaning = session && meaningOf(s, session, isEvent, config);
  s.own = { user: session && config.userOf(session), stamp: stampNow(s) };
  if (!session) return receiveNoSession(s, config);
  if (isEvent) clearErrors(s);
  if (isSignIn && !isAnnounced(s)) startSignIn(s, session, true, config);
  else if (meaning === 'new') startSignIn(s, session, isEvent || isOtherUser(s), config);
  else if (meaning === 'same') continueSignIn(s, session, config);
  else if (meaning === 'contradiction') contradict(s, session, config);
  else s.shown = session;
}

/** A source may have announced the sign-in before `login()` was done. */
function isAnnounced({ act, own, signIn }: Draft): boolean {
  const isKnown = isOpen(signIn) && signIn.user === own?.user;
  return isKnown && signIn.isObserved && signIn.id > act.since;
}

function isOtherUser({ own, signIn }: Draft): boolean {
  return signIn !== null && signIn.user !== own?.user;
}

/** What the server rendered becomes a fact once the other tabs have said what they know. */
export function receiveRendered(s: Draft, config: Config): void {
  const { signIn: rendered } = s;
  if (rendered?.id !== noStamp || !rendered.session) return;
  const isInDoubt = s.verification.kind !== 'none';
  s.signIn = null;
  acceptRendered(s, rendered.session, config);
  const { startedAt, extendedAt } = rendered;
  if (s.signIn) s.signIn = { ...(s.signIn as SignIn), startedAt, extendedAt };
  // By a clock that is not the server's yet, it may look over.
  if (isInDoubt || endReasonOf(s, config)) verifyWithSource(s);
}

/** A server that does not say when the session began has rendered it for a user who is signed in now. */
export function acceptRendered(s: Draft, session: Session, config: Config): void {
  receiveSession(s, session, begunAtOf(session) === null, config);
}

function receiveNoSession(s: Draft, config: Config): void {
  const { signIn } = s;
  s.verification = { kind: 'none' };
  if (!isOpen(signIn)) return;
  // Only a source that knows this sign-in can end it.
  if (s.confirmed === signIn.id) endSession(s, 'revoked');
  else contradict(s, null, config);
}

/** It goes on: the own source knows it too. */
function continueSignIn(s: Draft, session: Session, config: Config): void {
  const { signIn } = s;
  if (!signIn) return;
  const isNews = JSON.stringify(session) !== JSON.stringify(signIn.session);
  // Its end has passed for want of an extension that could not be sent.
  const isOverdue = hasUnsentActivity(s) && endReasonOf(s, config) !== null;
  s.signIn = {
    ...signIn,
    session,
    begunAt: begunAtOf(session) ?? signIn.begunAt,
    sessionStamp: isNews ? stampNow(s) : signIn.sessionStamp,
    ...(isOverdue && { extendedAt: s.activeAt, extendedStamp: stampNow(s) }),
  };
  confirm(s);
  verifyWithToken(s, config);
  if (mayBeNewer(signIn, session, config) && endReasonOf(s, config)) {
    startSignIn(s, session, false, config);
  }
}

/** The own source has said that this very sign-in is there. */
function confirm(s: Draft): void {
  if (!s.signIn) return;
  // What it refused while it did not know the sign-in says nothing any more.
  if (s.confirmed !== s.signIn.id) clearErrors(s);
  s.confirmed = s.signIn.id;
  s.dispute = null;
}

/** A user is signed in who was not, or has signed in again. */
export function startSignIn(s: Draft, session: Session, isObserved: boolean, config: Config): void {
  const stamp = stampNow(s);
  s.signIn = newSignIn(session, config.userOf(session), stamp, isObserved, s.clock.device);
  s.verification = { kind: 'none' };
  s.detachedFrom = noStamp;
  confirm(s);
}

export function endSession(s: Draft, reason: EndReason): void {
  const { signIn } = s;
  // A sign-out counts also after another end.
  if (!signIn || (endOf(signIn) && reason !== 'signed-out')) return;
  s.signIn = {
    ...signIn,
    end: { reason, stamp: stampNow(s), extendedStamp: signIn.extendedStamp },
  };
}

/** The source has extended the session; `null`: it is gone. */
export function receiveExtension(s: Draft, session: Session | null, config: Config): void {
  finishRequest(s, 'extend');
  cancelRequest(s, 'session');
  const { signIn } = s;
  if (!isOpen(signIn)) return;
  if (!session) return endSession(s, 'revoked');
  if (config.userOf(session) !== signIn.user) return receiveSession(s, session, true, config);
  const stamp = stampNow(s);
  const extendedAt = s.clock.device;
  s.signIn = { ...signIn, session, sessionStamp: stamp, extendedAt, extendedStamp: stamp };
}

/** Where only we count the idle time, it begins again with the latest activity, or now where it was asked for. */
export function countActivity(s: Draft): void {
  const { activeAt, clock, signIn } = s;
  if (!isOpen(signIn)) return;
  const extendedAt = requestOf(s, 'extend').isRequested ? clock.device : activeAt;
  changeRequest(s, 'extend', { isRequested: false });
  if (extendedAt > signIn.extendedAt) {
    s.signIn = { ...signIn, extendedAt, extendedStamp: stampNow(s) };
  }
}
