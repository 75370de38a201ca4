import type { EndReason, Session } from '../types.js';
import type { Config } from './config.js';
import { contradict } from './dispute.js';
import { endOf, isOpen, newSignIn, type SignIn } from './facts.js';
import { cancelRequest, changeRequest, clearErrors, finishRequest } from './requests.js';
import { endReasonOf, hasUnsentActivity } from './sessionEnd.js';
import { noStamp, stampTime } from './stamp.js';
import { type Draft, requestOf, stampNow } from './state.js';
import { verifyWithSource, verifyWithToken } from './verification.js';

/** A provider tells the time of a sign-in in whole seconds, by a clock of its own (ms). */
const tolerance = 2_000;

/** The source has said who is signed in: it was asked, or (`isEvent`) said it by itself. */
export function receiveSession(
  s: Draft,
  session: Session | null,
  isEvent: boolean,
  config: Config,
): void {
  const { act, own: before } = s;
  // Of a sign-out that was started here it is no news.
  if (isEvent && act.kind === 'signing-out') return;
  const isSignIn = act.kind === 'signed-in';
  if (isSignIn) s.act = { ...act, kind: 'none' };
  if (isEvent) cancelRequest(s, 'session');
  finishRequest(s, 'session');
  s.isAnswered = true;
  const user = session && config.userOf(session);
  s.own = { user, stamp: stampNow(s) };
  if (!session) return receiveNobody(s, config);
  if (isEvent) clearErrors(s);
  const { signIn } = s;
  // A source may have announced the sign-in before `login()` was done.
  const isKnown = signIn?.user === user && signIn.isObserved && signIn.id > act.since;
  if (isSignIn && !(isKnown && isOpen(signIn))) return startSignIn(s, session, true, config);
  if (!signIn || !isUnended(signIn)) {
    const isNew = isEvent || !signIn || isAfterEnd(s, signIn, session, config);
    if (isNew) startSignIn(s, session, isEvent, config);
    else s.shown = session;
    return;
  }
  if (signIn.user === user) return continueSignIn(s, signIn, session, config);
  // Another user than before is news; the same one as ever has not noticed the sign-in of another tab.
  const isNews = isEvent || before?.user !== user;
  if (isNews) startSignIn(s, session, true, config);
  else contradict(s, session, config);
}

/** What the server rendered becomes a fact once the other tabs have said what they know. */
export function receiveRendered(s: Draft, config: Config): void {
  const { signIn: rendered } = s;
  if (rendered?.id !== noStamp || !rendered.session) return;
  const isInDoubt = s.verification.kind !== 'none';
  s.signIn = null;
  receiveSession(s, rendered.session, true, config);
  const { startedAt, extendedAt } = rendered;
  if (s.signIn) s.signIn = { ...(s.signIn as SignIn), startedAt, extendedAt };
  // By a clock that is not the server's yet, it may look over.
  if (isInDoubt || endReasonOf(s, config)) verifyWithSource(s);
}

function receiveNobody(s: Draft, config: Config): void {
  const { signIn } = s;
  s.verification = { kind: 'none' };
  if (!isOpen(signIn)) return;
  // Only a source that knows this sign-in can end it.
  if (s.confirmed === signIn.id) endSession(s, 'revoked');
  else contradict(s, null, config);
}

/** It goes on: the own source knows it too. */
function continueSignIn(s: Draft, signIn: SignIn, session: Session, config: Config): void {
  const isNews = JSON.stringify(session) !== JSON.stringify(signIn.session);
  // Its end has passed for want of an extension that could not be sent.
  const isOverdue = hasUnsentActivity(s) && endReasonOf(s, config) !== null;
  s.signIn = {
    ...signIn,
    session,
    sessionStamp: isNews ? stampNow(s) : signIn.sessionStamp,
    ...(isOverdue && { extendedAt: s.activeAt, extendedStamp: stampNow(s) }),
  };
  confirm(s);
  verifyWithToken(s, config);
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
  if (!signIn || (!isUnended(signIn) && reason !== 'signed-out')) return;
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

function isUnended(signIn: SignIn): boolean {
  return endOf(signIn) === null;
}

/**
 * Whether a session that the source states after the end comes from a new sign-in, and not from what an
 * SDK has kept. Where the session does not say when it began, the source must have been told to forget.
 */
function isAfterEnd(s: Draft, signIn: SignIn, session: Session, config: Config): boolean {
  const end = endOf(signIn);
  if (!end || config.userOf(session) !== signIn.user) return true;
  const startedAt = session.authenticatedAt ?? session.startedAt;
  if (startedAt === undefined) return !config.canClear || s.cleared === end.stamp;
  return startedAt > stampTime(end.stamp) + s.clock.offset - tolerance;
}
