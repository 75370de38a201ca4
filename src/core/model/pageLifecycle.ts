import { serverNow } from './clock.js';
import type { Config } from './config.js';
import { deadlineOf } from './deadline.js';
import { isOpen } from './facts.js';
import { cancelRunning, changeRequest, retryNow } from './requests.js';
import { endReasonOf } from './sessionEnd.js';
import { isExpiring } from './sessionStatus.js';
import { countActivity, receiveRendered } from './signIn.js';
import { noStamp } from './stamp.js';
import type { Draft } from './state.js';
import { cancelSync, startSync } from './sync.js';
import { verifyWithSource } from './verification.js';

/** The timer is set for 30 s at most, in a hidden page it may take a minute: a page that was silent for longer was frozen (ms). */
const longestSilence = 90_000;
/** A page that was away for less has missed nothing; after the longer time only the source knows (ms). */
const shortAbsence = 10_000;
const longAbsence = 60_000;

export function startClient(s: Draft, config: Config): void {
  s.isRunning = true;
  startSync(s, config);
  // By a clock that is not the server's yet, what the server rendered may look over.
  if (endReasonOf(s, config)) verifyWithSource(s);
  if (!config.hasOtherTabs) receiveRendered(s, config);
}

export function stopClient(s: Draft): void {
  s.isRunning = false;
  cancelSync(s);
  cancelRunning(s);
  // Started again, it asks the source first.
  if (s.verification.kind !== 'none') verifyWithSource(s);
  s.calls = s.calls.map((call) => ({ ...call, outcome: 'stopped' }));
}

/** The page is about to be frozen, or kept for "back": the refresh lock and the channel are the other tabs'. */
export function suspendPage(s: Draft, config: Config): void {
  if (!config.canExtend) countActivity(s);
  s.isSuspended = true;
  cancelSync(s);
  cancelRunning(s);
}

/** The user or the network may be back. */
export function resumePage(s: Draft, config: Config): void {
  retryNow(s);
  const away = s.clock.device - s.syncedAt;
  const wasSuspended = s.isSuspended;
  s.isSuspended = false;
  if (s.isRunning && (wasSuspended || away > shortAbsence)) {
    returnToPage(s, wasSuspended || away > longAbsence, config);
  }
}

/** No deadline is believed to have passed during a sleep before the source was asked. */
export function noticeSleep(s: Draft, slept: number): void {
  s.slept = slept;
  s.sleeps++;
  if (isOpen(s.signIn)) verifyWithSource(s);
  retryNow(s);
}

/** A page that read no clock for so long was frozen without an event. */
export function noticeFreeze(s: Draft, before: number, config: Config): void {
  const silence = s.reading.monotonic - before;
  if (s.isRunning && silence > longestSilence) returnToPage(s, true, config);
}

/** Other tabs may know more; where they may be gone too, only the source does. */
function returnToPage(s: Draft, isStale: boolean, config: Config): void {
  startSync(s, config);
  if (isStale && isOpen(s.signIn)) verifyWithSource(s);
  if (isStale && s.detachedFrom !== noStamp) changeRequest(s, 'session', { isRequested: true });
}

export function finishSync(s: Draft, config: Config): void {
  s.isSyncing = false;
  receiveRendered(s, config);
}

/** The user was active at this page. After the deadline only the source can say that the session exists. */
export function noteActivity(s: Draft, config: Config): void {
  const deadline = deadlineOf(s, config);
  if (deadline && serverNow(s.clock) >= deadline.at) return;
  // A dialog asks the user: only the answer counts.
  const isAsking = s.prompts.expiry > 0 && isExpiring(s, config);
  if (!isAsking) s.activeAt = s.clock.device;
}
