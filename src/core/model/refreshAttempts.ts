import { isValid, tokenOf } from './accessToken.js';
import { isOfOtherTab, type Stamp, stampTime } from './stamp.js';
import type { State } from './state.js';

/** Whether a token newer than `before` has arrived, for example from another tab. */
export function isRenewed(state: State, key: string, before: Stamp): boolean {
  const fact = tokenOf(state, key);
  return isValid(state, fact) && fact.stamp > before;
}

/**
 * The `forceRefresh` of each request to the source: its cached token comes first if it may be a new one.
 * `latestRefresh` is the latest refresh that a holder of the refresh lock has announced.
 */
export function refreshAttempts(
  { tokens, calls }: State,
  key: string,
  latestRefresh: Stamp,
): boolean[] {
  const fact = tokens[key];
  const isForced = calls.some((call) => call.key === key && call.after !== null);
  if (!fact?.token) return isForced ? [true] : [false, true];
  return fact.newest > fact.stamp || latestRefresh > fact.newest ? [false, true] : [true];
}

/** Whether the SDK of another tab has stored a refresh token that the SDK of this tab may not see yet. */
export function awaitsStorage(
  { config, newestToken }: State,
  latestRefresh: Stamp,
  wallNow: number,
): boolean {
  const { storageDelay, tab } = config;
  // A tab that was closed right after its refresh announces nothing any more.
  const isRecent = wallNow - stampTime(newestToken) < storageDelay;
  return isOfOtherTab(latestRefresh, tab) || (isRecent && isOfOtherTab(newestToken, tab));
}
