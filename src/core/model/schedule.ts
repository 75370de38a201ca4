import { accessTokenState, defaultToken, isInUse, isTokenKey, refreshAt } from './accessToken.js';
import type { Config } from './config.js';
import { extensionDueAt } from './extension.js';
import { endOf, isOpen } from './facts.js';
import { sessionStatus } from './sessionStatus.js';
import { noStamp, stampTab, stampTime } from './stamp.js';
import { requestOf, type State } from './state.js';

const never = Number.POSITIVE_INFINITY;
/** For so long an idle end may still be refuted by another tab, whose SDK must not lose its user (ms). */
const idleGrace = 5_000;

/** What the shell keeps running: it starts what is named and not running, and aborts what is no longer named. */
export interface Schedule {
  /** `key#attempt` of each request, and `sync#`. */
  readonly effects: readonly string[];
  /** When to look again (device time); `Infinity`: not before another input. */
  readonly wakeAt: number;
}

export function schedule(state: State, config: Config): Schedule {
  const { isRunning, isSuspended, isSyncing, calls, clock } = state;
  if (isSuspended || (!isRunning && calls.length === 0)) return { effects: [], wakeAt: never };
  const due = dueRequests(state, config);
  const isNow = ([key, at]: [string, number]): boolean =>
    at <= clock.device || requestOf(state, key).isRunning;
  const effects = due.filter(isNow).map(([key]) => `${key}#${requestOf(state, key).attempt}`);
  if (isSyncing) effects.push('sync#');
  const next = due.map(([, at]) => at).filter((at) => at > clock.device);
  return { effects, wakeAt: Math.min(...next, changesAt(state, config)) };
}

/** When what is shown changes by itself. */
function changesAt(state: State, config: Config): number {
  const keys = Object.keys(state.requests).filter((key) => isInUse(state, config, key));
  const tokens = [defaultToken, ...keys].map((key) => accessTokenState(state, key).wakeAt);
  return Math.min(sessionStatus(state, config).wakeAt, ...tokens);
}

/** When each request is to be made. */
function dueRequests(state: State, config: Config): [key: string, at: number][] {
  return [
    ['session', sessionDueAt(state, config)],
    ['extend', config.canExtend ? extensionDueAt(state, config) : never],
    ['clear', clearDueAt(state, config)],
    ...dueTokens(state, config),
  ];
}

/** When the source is to be asked who is signed in. */
function sessionDueAt(state: State, config: Config): number {
  const { act, calls, isAnswered, isSyncing, reading, signIn, verification } = state;
  const { isRequested, error, retryAt } = requestOf(state, 'session');
  const isWanted = calls.some(({ kind }) => kind === 'session' || kind === 'token');
  if (!reading.online && isAnswered && !isWanted) return never;
  const isSignIn = act.kind === 'signed-in';
  if (isSyncing && !isSignIn) return never;
  const isDue = isSignIn || isRequested || (!isAnswered && !isOpen(signIn));
  if (!isDue && verification.kind !== 'session') return never;
  const notBefore = !isDue && verification.kind === 'session' ? verification.notBefore : 0;
  return Math.max(error ? retryAt : notBefore, isSignIn ? 0 : storageSeenAt(state, config));
}

/** From when on the SDK of this tab sees what the SDK of another tab has stored with a sign-in or its end. */
function storageSeenAt({ clearedAt, clock, reading, signIn, tab }: State, config: Config): number {
  const stamps = signIn ? [signIn.id, signIn.end?.stamp ?? noStamp] : [];
  const others = stamps.filter((stamp) => stamp !== noStamp && stampTab(stamp) !== tab);
  // A wall clock that was set back since makes a stamp lie ahead.
  const ages = others.map((stamp) => reading.wall - stampTime(stamp)).filter((age) => age >= 0);
  return Math.max(clearedAt, ...ages.map((age) => clock.device - age)) + config.storageDelay;
}

/** When the source is to be told that the session is over, so that no SDK keeps credentials. */
function clearDueAt(state: State, { canClear }: Config): number {
  const { act, cleared, clock, isAnswered, isSyncing, reading, signIn } = state;
  const end = signIn && endOf(signIn);
  if (!canClear || !end || end.stamp === cleared || isSyncing || !isAnswered) return never;
  if (act.kind !== 'none') return never;
  const { error, retryAt } = requestOf(state, 'clear');
  if (error) return retryAt;
  const grace = end.reason === 'idle' ? idleGrace : 0;
  return clock.device + Math.max(stampTime(end.stamp) + grace - reading.wall, 0);
}

/** One token at a time: refresh tokens of one source are one family, whatever the audience. */
function dueTokens(state: State, config: Config): [key: string, at: number][] {
  const { act, calls, isSyncing, requests, signIn } = state;
  if (!isOpen(signIn) || act.kind === 'signed-in' || isSyncing) return [];
  const running = Object.keys(requests).find((key) => isTokenKey(key) && requests[key]?.isRunning);
  if (running !== undefined) return [[running, 0]];
  const wanted = new Set(calls.flatMap(({ kind, key }) => (kind === 'token' ? [key] : [])));
  const keys = new Set([defaultToken, ...wanted, ...Object.keys(requests).filter(isTokenKey)]);
  let first: [key: string, at: number] = ['', never];
  for (const key of keys) {
    const at = tokenDueAt(state, config, key, wanted.has(key));
    if (at < first[1]) first = [key, at];
  }
  return first[0] ? [first] : [];
}

/** When the token is to be asked for; `isWanted`: a call waits for it. */
function tokenDueAt(state: State, config: Config, key: string, isWanted: boolean): number {
  const { reading, verification } = state;
  const { isRequested, error, retryAt } = requestOf(state, key);
  const isDating = verification.kind === 'token' && key === defaultToken;
  const isAsked = isWanted || isRequested || isDating;
  if (!isWanted && !reading.online) return never;
  if (!isAsked && !isInUse(state, config, key)) return never;
  if (error) return retryAt;
  return isAsked ? 0 : refreshAt(state, config, key);
}
