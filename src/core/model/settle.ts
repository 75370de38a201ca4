import { isTokenKey } from './accessToken.js';
import { countActivity, extensionDueAt } from './extension.js';
import { currentTokens, isOpen, newestToken, type OpenSignIn } from './facts.js';
import { hideSession, isHidden } from './hiddenSession.js';
import { cancelRequests, clearErrors, dropUnused, requestOnce } from './requests.js';
import { endReasonOf, endSession } from './sessionEnd.js';
import { latestStamp } from './stamp.js';
import type { Draft, State } from './state.js';
import { startSync, verifyWithSource } from './verification.js';
import { decide, settleCalls } from './waitingCalls.js';

/** After every input: applies what follows from the facts and the time. */
export function settle(s: Draft, before: State): void {
  s.newestToken = latestStamp(s.newestToken, newestToken(s.tokens));
  const wasOpen = isOpen(before.signIn);
  const isNew = isOpen(s.signIn) && !(wasOpen && s.signIn.id === before.signIn?.id);
  if (isOpen(s.signIn)) {
    s.shown = s.signIn.session;
    s.hiddenReason = null;
    if (isNew) afterSignIn(s, s.signIn, before);
  }
  // Activity that is not counted yet moves the deadline.
  if (s.clock.device >= extensionDueAt(s)) countActivity(s);
  endIfOverdue(s);
  if (!isOpen(s.signIn) && (wasOpen || isNew)) afterEnd(s);
  if (s.shown && isHidden(s)) hideSession(s);
  s.tokens = currentTokens(s);
  dropUnused(s);
  settleCalls(s, (call) => decide(s, call));
}

function endIfOverdue(s: Draft): void {
  const reason = endReasonOf(s);
  if (reason === 'sync') startSync(s);
  else if (reason === 'ask') requestOnce(s, 'session');
  else if (reason === 'verify') s.verification ??= { kind: 'session', notBefore: 0 };
  else if (reason) endSession(s, reason);
}

function afterSignIn(s: Draft, signIn: OpenSignIn, { signIn: before, confirmed }: State): void {
  const isSameUser = before?.user === signIn.user;
  clearErrors(s);
  // Another tab found the same session, which this tab's source has already confirmed.
  const isSame = isOpen(before) && isSameUser && !signIn.isObserved && confirmed === before.id;
  if (isSame) s.confirmed = signIn.id;
  else if (s.confirmed !== signIn.id) verifyWithSource(s);
  if (signIn.isObserved || (before && !isSameUser)) cancelRequests(s, isTokenKey);
  s.calls = s.calls.map((call) => ({
    ...call,
    since: s.clock.device,
    user: call.user ?? (call.kind === 'token' ? signIn.user : null),
  }));
}

function afterEnd(s: Draft): void {
  s.isAnswered = true;
  s.verification = null;
  s.conflict = null;
  cancelRequests(s, (key) => key !== 'clear');
}
