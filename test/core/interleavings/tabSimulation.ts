import {
  defaultToken,
  isValid,
  tokenOf,
  usableUntil,
} from '../../../src/core/model/accessToken.js';
import { serverNow } from '../../../src/core/model/clock.js';
import type { Config } from '../../../src/core/model/config.js';
import { endOf, type Facts, isOpen } from '../../../src/core/model/facts.js';
import { initialState } from '../../../src/core/model/initialState.js';
import type { Input } from '../../../src/core/model/input.js';
import { fingerprintOf } from '../../../src/core/model/merge.js';
import { schedule } from '../../../src/core/model/schedule.js';
import { noStamp } from '../../../src/core/model/stamp.js';
import { requestOf, type State } from '../../../src/core/model/state.js';
import { update } from '../../../src/core/model/update.js';
import { hybrid, type Session, SessionError } from '../../../src/index.js';
import { configOf, start } from '../model/support.js';

/** The user that the SDK of a tab has stored, and the sign-in. */
interface Account {
  readonly sub: string;
  readonly signIn: number;
}

type Message = Extract<Input, { type: 'message' }>;

interface Tab {
  readonly state: State;
  /** The number of the page in this tab; a reload opens the next one. */
  readonly page: number;
  readonly isFrozen: boolean;
  /** What the SDK of this tab last read from its storage; it may be outdated. */
  readonly account: Account | null;
  /** The fingerprint of the facts that the other tab is known to have. */
  readonly known: string;
  /** Messages to this tab that are not delivered yet, the oldest first. */
  readonly inbox: readonly Message[];
}

/** Two tabs of one browser, their SDK and the provider. Plain and immutable. */
export interface TabSimulation {
  /** The server's time since the start (ms). */
  readonly time: number;
  /** By how much the device's wall clock is ahead (ms). */
  readonly clockError: number;
  readonly tabs: readonly [Tab, Tab];
  /** What an SDK last wrote to its storage. */
  readonly stored: Account | null;
  /** The timing facts in `localStorage`. */
  readonly timing: Extract<Input, { type: 'stored' }> | null;
  readonly signIns: number;
  /** Sign-ins that the provider has ended. */
  readonly ended: readonly number[];
  /** How many tokens were issued. */
  readonly issued: number;
  /** The tab that holds the refresh lock. */
  readonly lock: Side | null;
  /** A step was taken that may end a session. */
  readonly mayEnd: boolean;
}

export type Side = 0 | 1;
const sides: readonly Side[] = [0, 1];
const tokenLifetime = 300_000;

export type Step = readonly [name: string, side?: Side];

const configs: readonly Config[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((tab) =>
  configOf({ tab, hasOtherTabs: true, canClear: true, policy: hybrid({ idle: '30m' }) }),
);

function configOfTab(side: Side, page: number): Config {
  return configs[(page * 2 + side) % configs.length] as Config;
}

/** Two tabs of a signed-in user; both have synced and have the token. */
export function initialSimulation(): TabSimulation {
  const account = { sub: 'ada', signIn: 1 };
  const tab = (side: Side): Tab => ({
    state: initialState(undefined, readDevice(0, 0), configOfTab(side, 0)),
    page: 0,
    isFrozen: false,
    account,
    known: '',
    inbox: [],
  });
  const initial: TabSimulation = {
    time: 0,
    clockError: 0,
    tabs: [tab(0), tab(1)],
    stored: account,
    timing: null,
    signIns: 1,
    ended: [],
    issued: 0,
    lock: null,
    mayEnd: false,
  };
  const steps: Step[] = [
    ['open', 0],
    ['synced', 0],
    ['answer', 0],
    ['token', 0],
    ['open', 1],
    ['deliver', 1],
    ['synced', 1],
    ['answer', 1],
    ['deliver', 0],
    ['deliver', 1],
  ];
  return steps.reduce((each, step) => take(each, step) ?? each, initial);
}

function readDevice(time: number, clockError: number): State['reading'] {
  return {
    wall: start + time + clockError,
    monotonic: time,
    online: true,
    visible: true,
    random: 0.5,
  };
}

/** The steps that can be taken next. */
export function possibleSteps(simulation: TabSimulation): Step[] {
  const each = sides.flatMap((side): Step[] => {
    const tab = simulation.tabs[side];
    if (tab.isFrozen) return [['thaw', side]];
    const effects = effectsOf(tab);
    const steps: Step[] = [
      ['freeze', side],
      ['reload', side],
      ['sign in', side],
      ['sign out', side],
    ];
    if (tab.inbox.length > 0) steps.push(['deliver', side], ['lose', side]);
    if (tab.inbox.length > 1) steps.push(['deliver last', side]);
    if (tab.account !== simulation.stored) steps.push(['read storage', side]);
    if (effects.includes('sync')) steps.push(['synced', side]);
    if (effects.includes('session')) steps.push(['answer', side]);
    if (effects.includes('clear')) steps.push(['clear', side]);
    if (effects.includes(defaultToken) && simulation.lock !== 1 - side) {
      steps.push(['token', side], ['request fails', side]);
    }
    return steps;
  });
  return [...each, ['advance'], ['set clock forward'], ['set clock back'], ['end at provider']];
}

/** The simulation after the step, or `null` if it cannot be taken. */
export function take(simulation: TabSimulation, [name, side]: Step): TabSimulation | null {
  if (side === undefined) return changeBoth(simulation, name);
  const tab = simulation.tabs[side];
  const [first, ...later] = tab.inbox;
  switch (name) {
    case 'open':
      return applyInput(
        applyInput(simulation, side, { type: 'retained', request: defaultToken, by: 1 }),
        side,
        {
          type: 'started',
        },
      );
    case 'reload':
      return reload(applyInput(simulation, side, { type: 'suspended' }), side);
    case 'freeze':
      return change(applyInput(simulation, side, { type: 'suspended' }), side, {
        isFrozen: true,
        inbox: [],
      });
    case 'thaw':
      return applyInput(change(simulation, side, { isFrozen: false }), side, { type: 'resumed' });
    case 'deliver':
      return first ? applyInput(change(simulation, side, { inbox: later }), side, first) : null;
    case 'deliver last': {
      const last = tab.inbox.at(-1);
      return last
        ? applyInput(change(simulation, side, { inbox: tab.inbox.slice(0, -1) }), side, last)
        : null;
    }
    case 'lose':
      return change(simulation, side, { inbox: later });
    case 'read storage':
      return change(simulation, side, { account: simulation.stored });
    case 'sign in':
      return signIn(simulation, side);
    case 'sign out':
      return signOut(simulation, side);
    case 'synced':
      return applyInput(sync(simulation, side), side, { type: 'synced' });
    case 'answer':
      return answer(simulation, side);
    case 'clear':
      return clear(simulation, side);
    case 'token':
      return token(simulation, side);
    case 'request fails':
      return applyInput({ ...simulation, lock: null }, side, {
        type: 'request-failed',
        request: defaultToken,
        error: networkError,
      });
    default:
      throw new Error(`unknown step: ${name}`);
  }
}

const networkError = new SessionError('ERR_NETWORK', 'The network failed.');
const refusal = new SessionError('ERR_REFRESH_FAILED', 'invalid_grant');

function changeBoth(simulation: TabSimulation, name: string): TabSimulation {
  if (name === 'end at provider') {
    const ended = Array.from({ length: simulation.signIns }, (_, index) => index + 1);
    return { ...simulation, ended, mayEnd: true };
  }
  if (name === 'set clock forward')
    return tick({ ...simulation, clockError: simulation.clockError + 3_600_000 });
  if (name === 'set clock back')
    return tick({ ...simulation, clockError: simulation.clockError - 3_600_000 });
  return advance(simulation);
}

/** Advances the time until one of the tabs is due to wake, by a minute at most. */
function advance(simulation: TabSimulation): TabSimulation {
  const waits = sides.flatMap((side) => {
    const { state, isFrozen } = simulation.tabs[side];
    const { wakeAt } = schedule(state);
    return isFrozen ? [] : [Math.ceil(wakeAt - state.clock.device)];
  });
  const wait = Math.min(60_000, ...waits);
  return tick({ ...simulation, time: simulation.time + Math.max(wait, 1) });
}

function tick(simulation: TabSimulation): TabSimulation {
  return sides.reduce(
    (each, side) =>
      simulation.tabs[side].isFrozen ? each : applyInput(each, side, { type: 'tick' }),
    simulation,
  );
}

function change(simulation: TabSimulation, side: Side, by: Partial<Tab>): TabSimulation {
  const [a, b] = simulation.tabs;
  return { ...simulation, tabs: side === 0 ? [{ ...a, ...by }, b] : [a, { ...b, ...by }] };
}

/** Does what the shell does with an input: updates the state, starts requests, publishes new facts. */
function applyInput(simulation: TabSimulation, side: Side, input: Input): TabSimulation {
  const { state: before } = simulation.tabs[side];
  const reading = readDevice(simulation.time, simulation.clockError);
  let state = update(before, input, reading);
  for (const effect of schedule(state).effects) {
    const request = effect.slice(0, effect.lastIndexOf('#'));
    if (request === 'sync' || requestOf(state, request).isRunning) continue;
    state = update(state, { type: 'request-started', request }, reading);
  }
  const known = input.type === 'message' ? fingerprintOf(input.facts) : simulation.tabs[side].known;
  const next = change(simulation, side, { state, known });
  return updateLock(publish(next, side), side);
}

/** Gives the refresh lock to a tab that refreshes, and releases it afterwards. */
function updateLock(simulation: TabSimulation, side: Side): TabSimulation {
  const isRefreshing = requestOf(simulation.tabs[side].state, defaultToken).isRunning;
  if (isRefreshing) return simulation.lock === null ? { ...simulation, lock: side } : simulation;
  const other: Side = side === 0 ? 1 : 0;
  if (simulation.lock !== side) return simulation;
  const isWaiting = requestOf(simulation.tabs[other].state, defaultToken).isRunning;
  return { ...simulation, lock: isWaiting && !simulation.tabs[other].isFrozen ? other : null };
}

function publish(simulation: TabSimulation, side: Side): TabSimulation {
  const { state, known } = simulation.tabs[side];
  const { signIn, detachedFrom, isRunning, isSuspended, cleared, clearedAt } = state;
  if (!isRunning || detachedFrom !== noStamp || !signIn || signIn.id === noStamp) return simulation;
  const timing = { ...signIn, session: null, sessionStamp: noStamp };
  const isOlder = simulation.timing && simulation.timing.signIn.id > signIn.id;
  const stored: TabSimulation = isOlder
    ? simulation
    : {
        ...simulation,
        timing: { type: 'stored', signIn: timing, cleared, clearedAt, loginStartedAt: noStamp },
      };
  const fingerprint = fingerprintOf(state);
  if (isSuspended || fingerprint === known) return stored;
  const other: Side = side === 0 ? 1 : 0;
  const sent = change(stored, side, { known: fingerprint });
  const receiver = sent.tabs[other];
  if (receiver.isFrozen) return sent;
  return change(sent, other, { inbox: [...receiver.inbox, messageOf(state)].slice(-2) });
}

function messageOf({ signIn, tokens, clock, confirmed }: State): Message {
  const facts: Facts = { signIn, tokens };
  const { device, wall, isServerTime, uncertainty } = clock;
  const isCertain = isServerTime && !uncertainty;
  return {
    type: 'message',
    facts,
    confirmed,
    clock: { drift: device - wall, serverNow: isCertain ? serverNow(clock) : null, uncertainty },
    age: 0,
  };
}

function reload(simulation: TabSimulation, side: Side): TabSimulation {
  const page = simulation.tabs[side].page + 1;
  const reading = readDevice(simulation.time, simulation.clockError);
  const lock = simulation.lock === side ? null : simulation.lock;
  // A page that opens later cannot detect the clock change, so the idle time may seem to be over.
  const mayEnd = simulation.mayEnd || simulation.clockError !== 0;
  const reloaded = change({ ...simulation, lock, mayEnd }, side, {
    state: initialState(undefined, reading, configOfTab(side, page)),
    page,
    known: '',
    inbox: [],
  });
  const restored = simulation.timing ? applyInput(reloaded, side, simulation.timing) : reloaded;
  const opened = take(restored, ['open', side]);
  return opened ?? restored;
}

/** Sends a sync request to the other tab, which publishes its facts. */
function sync(simulation: TabSimulation, side: Side): TabSimulation {
  const other: Side = side === 0 ? 1 : 0;
  if (simulation.tabs[other].isFrozen) return simulation;
  const asked = applyInput(simulation, other, { type: 'sync-requested' });
  return publish(change(asked, other, { known: '' }), other);
}

function signIn(simulation: TabSimulation, side: Side): TabSimulation {
  const { account } = simulation.tabs[side];
  const signIns = simulation.signIns + 1;
  const stored = { sub: account?.sub === 'ada' ? 'grace' : 'ada', signIn: signIns };
  const next = change({ ...simulation, signIns, stored, mayEnd: true }, side, { account: stored });
  return applyInput(next, side, { type: 'session', session: sessionOf(stored), isEvent: true });
}

function signOut(simulation: TabSimulation, side: Side): TabSimulation {
  const { account } = simulation.tabs[side];
  const ended = account ? [...simulation.ended, account.signIn] : simulation.ended;
  const next = change({ ...simulation, ended, stored: null, mayEnd: true }, side, {
    account: null,
  });
  return applyInput(next, side, { type: 'ended', reason: 'signed-out' });
}

function clear(simulation: TabSimulation, side: Side): TabSimulation {
  const { signIn } = simulation.tabs[side].state;
  const restored = simulation.timing ? applyInput(simulation, side, simulation.timing) : simulation;
  const isEnded = signIn !== null && endOf(signIn) !== null;
  const next = isEnded ? change({ ...restored, stored: null }, side, { account: null }) : restored;
  return applyInput(next, side, { type: 'cleared' });
}

function sessionOf({ sub, signIn }: Account): Session {
  return { user: { sub, signIn }, authenticatedAt: start + signIn };
}

function answer(simulation: TabSimulation, side: Side): TabSimulation {
  const { account } = simulation.tabs[side];
  const restored = simulation.timing ? applyInput(simulation, side, simulation.timing) : simulation;
  const session = account && sessionOf(account);
  return applyInput(restored, side, { type: 'session', session, isEvent: false });
}

/** The SDK refreshes for its user, unless the other tab has refreshed in the meantime. */
function token(simulation: TabSimulation, side: Side): TabSimulation {
  const { account, state } = simulation.tabs[side];
  const fact = tokenOf(state, defaultToken);
  const next: TabSimulation = { ...simulation, lock: null };
  if (
    isValid(state, fact) &&
    fact.stamp === state.newestToken &&
    fact.issuedAt === fact.refreshAt
  ) {
    return applyInput(next, side, { type: 'request-finished', request: defaultToken });
  }
  if (!account || simulation.ended.includes(account.signIn)) {
    const failed: TabSimulation = { ...next, mayEnd: true };
    return applyInput(failed, side, {
      type: 'request-failed',
      request: defaultToken,
      error: refusal,
    });
  }
  const issuedAt = start + simulation.time;
  const value = `${account.sub}-${account.signIn}-${simulation.issued + 1}`;
  return applyInput({ ...next, issued: simulation.issued + 1 }, side, {
    type: 'token',
    request: defaultToken,
    token: { value, sub: account.sub, issuedAt, expiresAt: issuedAt + tokenLifetime },
    isForced: true,
    roundTrip: 0,
  });
}

function effectsOf({ state }: Tab): string[] {
  const { effects } = schedule(state);
  return effects.map((effect) => effect.slice(0, effect.lastIndexOf('#')));
}

/** The invariant that the step has violated, or `null`. */
export function violation(before: TabSimulation, simulation: TabSimulation): string | null {
  for (const side of sides) {
    const violated = tabViolation(before.tabs[side], simulation.tabs[side], simulation);
    if (violated) return `tab ${side}: ${violated}`;
  }
  return null;
}

function tabViolation(before: Tab, tab: Tab, simulation: TabSimulation): string | null {
  const { state } = tab;
  const fact = tokenOf(state, defaultToken);
  if (fact?.token && isOpen(state.signIn)) {
    const { sub } = state.signIn.session.user;
    if (!fact.token.value.startsWith(`${sub}-`)) return `${sub} has the token ${fact.token.value}`;
    const isUsable = state.clock.device < usableUntil(state, defaultToken, 0);
    const isBehind = serverNow(state.clock) < start + simulation.time - 1_000;
    const expiresAt = fact.token.expiresAt ?? 0;
    if (isUsable && !isBehind && expiresAt <= start + simulation.time) return 'an expired token';
  }
  if (!tab.isFrozen) {
    const { wakeAt } = schedule(state);
    if (wakeAt <= state.clock.device) return `wakeAt lies ${state.clock.device - wakeAt} ms ago`;
  }
  return before.page === tab.page ? endViolation(before.state, state, simulation) : null;
}

function endViolation(
  { signIn: before }: State,
  { signIn }: State,
  simulation: TabSimulation,
): string | null {
  if (isOpen(before) && !isOpen(signIn) && !simulation.mayEnd)
    return 'unexpected end of the session';
  const end = before && endOf(before);
  if (end && end.reason !== 'idle' && signIn?.id === before.id && !endOf(signIn)) {
    return 'an end was undone';
  }
  return null;
}

const maxRounds = 12;

/** Delivers all messages. How the tabs then disagree about the sign-in, or `null`. */
export function disagreement(simulation: TabSimulation): string | null {
  let each = simulation;
  for (const side of sides) {
    if (each.tabs[side].isFrozen) each = take(each, ['thaw', side]) ?? each;
  }
  // Both tabs sync, so lost messages are sent again.
  for (const side of sides) each = sync(each, side);
  for (let count = 0; each.tabs.some(({ inbox }) => inbox.length > 0); count++) {
    if (count > maxRounds) return 'the tabs do not stop sending messages';
    for (const side of sides) each = take(each, ['deliver', side]) ?? each;
  }
  const [a, b] = each.tabs.map(({ state }) => state);
  if (!a || !b || a.detachedFrom !== noStamp || b.detachedFrom !== noStamp) return null;
  const summarize = ({ signIn }: State): string =>
    signIn ? `${signIn.id} ${endOf(signIn)?.stamp}` : 'no sign-in';
  return summarize(a) === summarize(b) ? null : `${summarize(a)} | ${summarize(b)}`;
}
