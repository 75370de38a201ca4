import { countActivity } from './extension.js';
import { isOpen } from './facts.js';
import { isReachable } from './reachability.js';
import { cancelAll, requestOnce, retryNow } from './requests.js';
import { endReasonOf } from './sessionEnd.js';
import { canTellNew } from './sessionMeaning.js';
import { receiveRendered } from './signIn.js';
import { noStamp } from './stamp.js';
import type { Draft } from './state.js';
import { cancelSync, startSync, verifyWithSource } from './verification.js';
import { reject, settleCalls } from './waitingCalls.js';

/** The timer runs every 30 s, in a hidden page every minute; a page without an input for longer was frozen (ms). */
const longestSilence = 90_000;
/** After a shorter absence nothing is checked; after a longer one the source is asked, not only the other tabs (ms). */
const shortAbsence = 10_000;
const longAbsence = 60_000;

export function startClient(s: Draft): void {
  s.isRunning = true;
  startSync(s);
  // The server's time is not known yet, so a rendered session may look expired.
  if (endReasonOf(s)) verifyWithSource(s);
  if (!s.config.hasOtherTabs) receiveRendered(s);
}

export function stopClient(s: Draft): void {
  s.isRunning = false;
  cancelSync(s);
  cancelAll(s);
  // After the next start, the verification is done first.
  if (s.verification) verifyWithSource(s);
  settleCalls(s, () => reject('stopped'));
}

/** The page is about to be frozen, or put into the back/forward cache; it must not hold a lock or a channel. */
export function suspendPage(s: Draft): void {
  countActivity(s);
  s.isSuspended = true;
  cancelSync(s);
  cancelAll(s);
}

/** The page came into view, or the network may be available again. */
export function resumePage(s: Draft): void {
  retryAll(s);
  const { isSuspended, clock, syncedAt } = s;
  const away = clock.device - syncedAt;
  s.isSuspended = false;
  // A deadline must not wait for a source that cannot be reached.
  const isStale = isSuspended || (isReachable(s) && away > longAbsence);
  if (isSuspended || away > shortAbsence) checkFacts(s, isStale);
}

function retryAll(s: Draft): void {
  retryNow(s);
  // The browser may be wrong about being offline, so requests are sent once more.
  if (!s.reading.online) s.isFailing = false;
}

/** No deadline that passed during a sleep counts before it is verified. */
export function handleSleep(s: Draft): void {
  if (isOpen(s.signIn) && !s.config.readingExtends) verifyWithSource(s);
  retryAll(s);
}

/** A page can be frozen without an event. `before`: the monotonic clock at the input before (ms). */
export function handleFreeze(s: Draft, before: number): void {
  if (s.reading.monotonic - before > longestSilence) checkFacts(s, true);
}

/** Asks the other tabs and, if they may have been frozen too (`isStale`), the source. */
function checkFacts(s: Draft, isStale: boolean): void {
  if (!s.isRunning) return;
  startSync(s);
  if (!isStale) return;
  const { checksOnFocus } = s.config;
  if (checksOnFocus && isOpen(s.signIn)) verifyWithSource(s);
  // The user may have signed in outside this page.
  const mayBeNew = checksOnFocus && s.isAnswered && !isOpen(s.signIn) && canTellNew(s);
  if (mayBeNew || s.detachedFrom !== noStamp) requestOnce(s, 'session');
}

export function finishSync(s: Draft): void {
  s.isSyncing = false;
  receiveRendered(s);
}
