import {
  defaultToken,
  isInUse,
  isTokenKey,
  refreshAt,
  tokenExpiresAt,
  usedTokens,
} from './accessToken.js';
import { never } from './clock.js';
import { extensionDueAt } from './extension.js';
import { endOf, isOpen } from './facts.js';
import { isReachable } from './reachability.js';
import { canTellNew } from './sessionMeaning.js';
import { statusChangesAt } from './sessionStatus.js';
import { isOfOtherTab, noStamp, stampTime } from './stamp.js';
import { requestOf, type State } from './state.js';

/** During this time another tab may undo an idle end, so its SDK must keep the user (ms). */
const idleGrace = 5_000;

/** The effects that should run now: the shell starts those that do not run yet, and aborts all others. */
export interface Schedule {
  /** `key#attempt` of each request, and `sync#`. */
  readonly effects: readonly string[];
  /** When the state changes without another input (device time); `Infinity`: never. */
  readonly wakeAt: number;
}

type Due = [key: string, at: number];

export function schedule(state: State): Schedule {
  const { isRunning, isSuspended, isSyncing, calls, clock } = state;
  if (isSuspended || (!isRunning && calls.length === 0)) return { effects: [], wakeAt: never };
  const requests = dueRequests(state);
  const effects = requests
    .filter(([key, at]) => at <= clock.device || requestOf(state, key).isRunning)
    .map(([key]) => `${key}#${requestOf(state, key).attempt}`);
  if (isSyncing) effects.push('sync#');
  const later = requests.map(([, at]) => at).filter((at) => at > clock.device);
  return { effects, wakeAt: Math.min(...later, snapshotChangesAt(state)) };
}

function snapshotChangesAt(state: State): number {
  const expiries = usedTokens(state).map((key) => tokenExpiresAt(state, key));
  return Math.min(statusChangesAt(state), ...expiries);
}

/** When each request is sent. */
function dueRequests(state: State): Due[] {
  return [
    ['session', sessionDueAt(state)],
    ['extend', state.config.canExtend ? extensionDueAt(state) : never],
    ['clear', clearDueAt(state)],
    ...dueTokens(state),
  ];
}

function sessionDueAt(state: State): number {
  const { act, calls, isAnswered, isSyncing, own, signIn, verification } = state;
  const { isRequested, error, retryAt } = requestOf(state, 'session');
  const isAwaited = calls.some(({ kind }) => kind === 'session' || kind === 'token');
  if (isAnswered && !isAwaited && !isReachable(state)) return never;
  const isSignIn = act.kind === 'signed-in';
  if (isSyncing && !isSignIn) return never;
  // A check is repeated after a failure, while its call waits.
  const isCheck = calls.some(
    ({ kind, after }) => kind === 'session' && after !== null && after >= (own?.stamp ?? noStamp),
  );
  const isDue = isSignIn || isRequested || isCheck || (!isAnswered && !isOpen(signIn));
  const verifyAt = verification?.kind === 'session' ? verification.notBefore : never;
  const neededAt = isDue ? 0 : verifyAt;
  const at = neededAt !== never && error ? retryAt : neededAt;
  const due = Math.min(at, checkDueAt(state));
  return isSignIn ? due : Math.max(due, storageVisibleAt(state));
}

/** When the source is asked without a cause whether the session still exists: only while the page is visible. */
function checkDueAt(state: State): number {
  const { config, isRunning, own, reading } = state;
  const { checkEvery } = config;
  const isVisible = isRunning && reading.visible;
  if (checkEvery === null || !isVisible || !own || !canTellNew(state)) return never;
  return Math.max(own.at, requestOf(state, 'session').triedAt) + checkEvery;
}

/** When the SDK of this tab sees what the SDK of another tab has stored at a sign-in or its end. */
function storageVisibleAt({ clearedAt, clock, config, reading, signIn }: State): number {
  const stamps = signIn ? [signIn.id, signIn.end?.stamp ?? noStamp] : [];
  const others = stamps.filter((stamp) => isOfOtherTab(stamp, config.tab));
  // A stamp is in the future if the wall clock was set back since.
  const ages = others.map((stamp) => reading.wall - stampTime(stamp)).filter((age) => age >= 0);
  return Math.max(clearedAt, ...ages.map((age) => clock.device - age)) + config.storageDelay;
}

/** After the end of a session, so that no SDK keeps its credentials. */
function clearDueAt(state: State): number {
  const { act, cleared, clock, config, isAnswered, isSyncing, reading, signIn } = state;
  const end = endOf(signIn);
  if (!config.canClear || !end || end.stamp === cleared) return never;
  if (isSyncing || !isAnswered || act.kind !== 'none') return never;
  const { error, retryAt } = requestOf(state, 'clear');
  if (error) return retryAt;
  const grace = end.reason === 'idle' ? idleGrace : 0;
  return clock.device + Math.max(stampTime(end.stamp) + grace - reading.wall, 0);
}

/** One token at a time, because the refresh tokens of a source are one family for all audiences. */
function dueTokens(state: State): Due[] {
  const { act, calls, isSyncing, requests, signIn } = state;
  if (!isOpen(signIn) || act.kind === 'signed-in' || isSyncing) return [];
  const keys = Object.keys(requests).filter(isTokenKey);
  const running = keys.find((key) => requests[key]?.isRunning);
  if (running !== undefined) return [[running, 0]];
  const awaited = calls.flatMap(({ kind, key }) => (kind === 'token' ? [key] : []));
  const dues = [defaultToken, ...awaited, ...keys].map(
    (key): Due => [key, tokenDueAt(state, key, awaited.includes(key))],
  );
  return dues.sort(([, at], [, other]) => at - other).slice(0, 1);
}

/** `isAwaited`: a call waits for the token. */
function tokenDueAt(state: State, key: string, isAwaited: boolean): number {
  const { verification } = state;
  const { isRequested, error, retryAt } = requestOf(state, key);
  const isVerifying = verification?.kind === 'token' && key === defaultToken;
  const isDue = isAwaited || isRequested || isVerifying;
  if (!isAwaited && !isReachable(state)) return never;
  if (!isDue && !isInUse(state, key)) return never;
  if (error) return retryAt;
  return isDue ? 0 : refreshAt(state, key);
}
