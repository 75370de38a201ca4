import type { Config } from './config.js';
import { deadlineOf } from './deadline.js';
import { extensionDueAt } from './extension.js';
import { currentTokens, isOpen, newestToken, type OpenSignIn } from './facts.js';
import { cancelRequest, cancelTokens, clearErrors, dropUnused } from './requests.js';
import { endReasonOf, hasUnsentActivity } from './sessionEnd.js';
import { countActivity, endSession } from './signIn.js';
import { latestStamp } from './stamp.js';
import type { Draft, SettledCall, State } from './state.js';
import { startSync } from './sync.js';
import { verifyWithSource } from './verification.js';
import { decide } from './waitingCalls.js';

/** What follows from the facts and the time, after every input. */
export function settle(s: Draft, before: State, config: Config): void {
  s.newestToken = latestStamp(s.newestToken, newestToken(s.tokens));
  if (isOpen(s.signIn)) s.shown = s.signIn.session;
  const wasOpen = isOpen(before.signIn);
  const hasBegun = isOpen(s.signIn) && !(wasOpen && s.signIn.id === before.signIn?.id);
  if (hasBegun && isOpen(s.signIn)) begin(s, s.signIn, before);
  // Activity that is not counted yet moves the deadline.
  if (!config.canExtend && s.clock.device >= extensionDueAt(s, config)) countActivity(s);
  endOverdue(s, config);
  if (!isOpen(s.signIn) && (wasOpen || hasBegun)) close(s);
  s.tokens = currentTokens(s);
  dropUnused(s);
  settleCalls(s, config);
}

function endOverdue(s: Draft, config: Config): void {
  const reason = endReasonOf(s, config);
  if (reason && reason !== 'verify') return endSession(s, reason);
  if (!reason || s.verification.kind !== 'none') return;
  // The deadline of an idle session has passed: activity that is not known here may have moved it.
  if (hasUnsentActivity(s)) verifyWithSource(s);
  else if (!s.isSyncing && deadlineOf(s, config)) startSync(s, config);
}

/** A sign-in that was not there before. */
function begin(s: Draft, signIn: OpenSignIn, { signIn: before, confirmed }: State): void {
  const isSameUser = before?.user === signIn.user;
  clearErrors(s);
  // The same session, found by another tab: what the own source confirmed holds.
  const isSame = isOpen(before) && isSameUser && !signIn.isObserved && confirmed === before.id;
  if (isSame) s.confirmed = signIn.id;
  else if (s.confirmed !== signIn.id) verifyWithSource(s);
  if (signIn.isObserved || (before && !isSameUser)) cancelTokens(s);
  s.calls = s.calls.map((call) => ({
    ...call,
    since: s.clock.device,
    user: call.user ?? (call.kind === 'token' ? signIn.user : null),
  }));
}

/** The session is over: nothing of it is asked for any more, nor whether the source still has it. */
function close(s: Draft): void {
  s.isAnswered = true;
  s.verification = { kind: 'none' };
  s.dispute = null;
  cancelTokens(s);
  cancelRequest(s, 'session');
  cancelRequest(s, 'extend');
}

function settleCalls(s: Draft, config: Config): void {
  if (s.calls.length === 0) return;
  const settled: SettledCall[] = [];
  const waiting = s.calls.filter((call) => {
    const decision = decide(s, config, call);
    const isWaiting = decision.kind === 'wait' || decision.kind === 'held';
    if (!isWaiting) settled.push({ id: call.id, decision });
    return isWaiting;
  });
  if (settled.length > 0) Object.assign(s, { calls: waiting, settled });
}
