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

/** What the SDK of a tab knows: its user, and which sign-in. */
interface Account {
  readonly sub: string;
  readonly signIn: number;
}

type Message = Extract<Input, { type: 'message' }>;

interface Tab {
  readonly state: State;
  /** Which page of the tab it is; a reload opens the next. */
  readonly page: number;
  readonly isFrozen: boolean;
  /** What the SDK of this tab sees in its storage, which may be late. */
  readonly account: Account | null;
  /** The facts that the other tab is known to have. */
  readonly known: string;
  /** Messages that are under way to this tab, the oldest first. */
  readonly inbox: readonly Message[];
}

/** Two tabs of one browser, their SDK and the provider. Plain and immutable. */
export interface World {
  /** Time since the start that has truly passed, and by how much the wall clock is wrong (ms). */
  readonly truth: number;
  readonly wrong: number;
  readonly tabs: readonly [Tab, Tab];
  /** What the SDK has stored last. */
  readonly stored: Account | null;
  /** What `localStorage` has. */
  readonly timing: Extract<Input, { type: 'stored' }> | null;
  readonly signIns: number;
  /** Sign-ins that the provider has ended. */
  readonly ended: readonly number[];
  /** How many tokens were issued. */
  readonly issued: number;
  /** Which tab has the refresh lock. */
  readonly lock: Side | null;
  /** Something has happened that may end a session. */
  readonly mayEnd: boolean;
}

export type Side = 0 | 1;
const sides: readonly Side[] = [0, 1];
const tokenLife = 300_000;

export type Step = readonly [name: string, side?: Side];

const configs: readonly Config[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((tab) =>
  configOf({ tab, hasOtherTabs: true, canClear: true, policy: hybrid({ idle: '30m' }) }),
);

function configOfTab(side: Side, page: number): Config {
  return configs[(page * 2 + side) % configs.length] as Config;
}

/** Two tabs, in which a user is signed in; each has synced, and both have the token. */
export function firstWorld(): World {
  const account = { sub: 'ada', signIn: 1 };
  const tab = (side: Side): Tab => ({
    state: initialState(undefined, read(0, 0), configOfTab(side, 0)),
    page: 0,
    isFrozen: false,
    account,
    known: '',
    inbox: [],
  });
  const world: World = {
    truth: 0,
    wrong: 0,
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
  return steps.reduce((each, step) => take(each, step) ?? each, world);
}

function read(truth: number, wrong: number): State['reading'] {
  return {
    wall: start + truth + wrong,
    monotonic: truth,
    online: true,
    visible: true,
    random: 0.5,
  };
}

/** What can happen next. */
export function possibleSteps(world: World): Step[] {
  const each = sides.flatMap((side): Step[] => {
    const tab = world.tabs[side];
    if (tab.isFrozen) return [['thaw', side]];
    const effects = effectsOf(tab, side);
    const steps: Step[] = [
      ['freeze', side],
      ['reload', side],
      ['sign in', side],
      ['sign out', side],
    ];
    if (tab.inbox.length > 0) steps.push(['deliver', side], ['lose', side]);
    if (tab.inbox.length > 1) steps.push(['deliver last', side]);
    if (tab.account !== world.stored) steps.push(['see', side]);
    if (effects.includes('sync')) steps.push(['synced', side]);
    if (effects.includes('session')) steps.push(['answer', side]);
    if (effects.includes('clear')) steps.push(['clear', side]);
    if (effects.includes(defaultToken) && world.lock !== 1 - side) {
      steps.push(['token', side], ['fail', side]);
    }
    return steps;
  });
  return [...each, ['pass'], ['set clock forward'], ['set clock back'], ['end at provider']];
}

/** The world after the step; `null` where it cannot be taken. */
export function take(world: World, [name, side]: Step): World | null {
  if (side === undefined) return changeWorld(world, name);
  const tab = world.tabs[side];
  const [first, ...later] = tab.inbox;
  switch (name) {
    case 'open':
      return put(put(world, side, { type: 'retained', request: defaultToken, by: 1 }), side, {
        type: 'started',
      });
    case 'reload':
      return reload(put(world, side, { type: 'suspended' }), side);
    case 'freeze':
      return change(put(world, side, { type: 'suspended' }), side, { isFrozen: true, inbox: [] });
    case 'thaw':
      return put(change(world, side, { isFrozen: false }), side, { type: 'resumed' });
    case 'deliver':
      return first ? put(change(world, side, { inbox: later }), side, first) : null;
    case 'deliver last': {
      const last = tab.inbox.at(-1);
      return last ? put(change(world, side, { inbox: tab.inbox.slice(0, -1) }), side, last) : null;
    }
    case 'lose':
      return change(world, side, { inbox: later });
    case 'see':
      return change(world, side, { account: world.stored });
    case 'sign in':
      return signIn(world, side);
    case 'sign out':
      return signOut(world, side);
    case 'synced':
      return put(sync(world, side), side, { type: 'synced' });
    case 'answer':
      return answer(world, side);
    case 'clear':
      return clear(world, side);
    case 'token':
      return token(world, side);
    case 'fail':
      return put({ ...world, lock: null }, side, {
        type: 'request-failed',
        request: defaultToken,
        error: failure,
      });
    default:
      throw new Error(`unknown step: ${name}`);
  }
}

const failure = new SessionError('ERR_NETWORK', 'The network failed.');
const refusal = new SessionError('ERR_REFRESH_FAILED', 'invalid_grant');

function changeWorld(world: World, name: string): World {
  if (name === 'end at provider') {
    const ended = Array.from({ length: world.signIns }, (_, index) => index + 1);
    return { ...world, ended, mayEnd: true };
  }
  if (name === 'set clock forward') return tick({ ...world, wrong: world.wrong + 3_600_000 });
  if (name === 'set clock back') return tick({ ...world, wrong: world.wrong - 3_600_000 });
  return pass(world);
}

/** Until the first of the two tabs has something to do. */
function pass(world: World): World {
  const waits = sides.flatMap((side) => {
    const { state, isFrozen } = world.tabs[side];
    const { wakeAt } = schedule(state, configOfTab(side, world.tabs[side].page));
    return isFrozen ? [] : [Math.ceil(wakeAt - state.clock.device)];
  });
  const wait = Math.min(60_000, ...waits);
  return tick({ ...world, truth: world.truth + Math.max(wait, 1) });
}

function tick(world: World): World {
  return sides.reduce(
    (each, side) => (world.tabs[side].isFrozen ? each : put(each, side, { type: 'tick' })),
    world,
  );
}

function change(world: World, side: Side, by: Partial<Tab>): World {
  const [a, b] = world.tabs;
  return { ...world, tabs: side === 0 ? [{ ...a, ...by }, b] : [a, { ...b, ...by }] };
}

/** What the shell does with an input: it updates the state, starts what is named, and sends what is new. */
function put(world: World, side: Side, input: Input): World {
  const { state: before, page } = world.tabs[side];
  const config = configOfTab(side, page);
  const reading = read(world.truth, world.wrong);
  let state = update(before, input, reading, config);
  for (const effect of schedule(state, config).effects) {
    const request = effect.slice(0, effect.lastIndexOf('#'));
    if (request === 'sync' || requestOf(state, request).isRunning) continue;
    state = update(state, { type: 'request-started', request }, reading, config);
  }
  const known = input.type === 'message' ? fingerprintOf(input.facts) : world.tabs[side].known;
  const next = change(world, side, { state, known });
  return release(publish(next, side), side);
}

/** The refresh lock goes to the tab that refreshes, and is free once it does not. */
function release(world: World, side: Side): World {
  const isRefreshing = requestOf(world.tabs[side].state, defaultToken).isRunning;
  if (isRefreshing) return world.lock === null ? { ...world, lock: side } : world;
  const other: Side = side === 0 ? 1 : 0;
  if (world.lock !== side) return world;
  const isWaiting = requestOf(world.tabs[other].state, defaultToken).isRunning;
  return { ...world, lock: isWaiting && !world.tabs[other].isFrozen ? other : null };
}

function publish(world: World, side: Side): World {
  const { state, known } = world.tabs[side];
  const { signIn, detachedFrom, isRunning, isSuspended, cleared, clearedAt } = state;
  if (!isRunning || detachedFrom !== noStamp || !signIn || signIn.id === noStamp) return world;
  const bare = { ...signIn, session: null, sessionStamp: noStamp };
  const isOlder = world.timing && world.timing.signIn.id > signIn.id;
  const stored: World = isOlder
    ? world
    : { ...world, timing: { type: 'stored', signIn: bare, cleared, clearedAt } };
  const print = fingerprintOf(state);
  if (isSuspended || print === known) return stored;
  const other: Side = side === 0 ? 1 : 0;
  const sent = change(stored, side, { known: print });
  const to = sent.tabs[other];
  if (to.isFrozen) return sent;
  return change(sent, other, { inbox: [...to.inbox, messageOf(state)].slice(-2) });
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

function reload(world: World, side: Side): World {
  const page = world.tabs[side].page + 1;
  const reading = read(world.truth, world.wrong);
  const lock = world.lock === side ? null : world.lock;
  // A page that is opened later cannot know that the clock was set: to it, the idle time may be over.
  const mayEnd = world.mayEnd || world.wrong !== 0;
  const fresh = change({ ...world, lock, mayEnd }, side, {
    state: initialState(undefined, reading, configOfTab(side, page)),
    page,
    known: '',
    inbox: [],
  });
  const restored = world.timing ? put(fresh, side, world.timing) : fresh;
  const opened = take(restored, ['open', side]);
  return opened ?? restored;
}

/** The other tab is asked, and answers. */
function sync(world: World, side: Side): World {
  const other: Side = side === 0 ? 1 : 0;
  if (world.tabs[other].isFrozen) return world;
  const asked = put(world, other, { type: 'sync-requested' });
  return publish(change(asked, other, { known: '' }), other);
}

function signIn(world: World, side: Side): World {
  const { account } = world.tabs[side];
  const signIns = world.signIns + 1;
  const stored = { sub: account?.sub === 'ada' ? 'grace' : 'ada', signIn: signIns };
  const next = change({ ...world, signIns, stored, mayEnd: true }, side, { account: stored });
  return put(next, side, { type: 'session', session: sessionOf(stored), isEvent: true });
}

function signOut(world: World, side: Side): World {
  const { account } = world.tabs[side];
  const ended = account ? [...world.ended, account.signIn] : world.ended;
  const next = change({ ...world, ended, stored: null, mayEnd: true }, side, { account: null });
  return put(next, side, { type: 'ended', reason: 'signed-out' });
}

function clear(world: World, side: Side): World {
  const { signIn } = world.tabs[side].state;
  const restored = world.timing ? put(world, side, world.timing) : world;
  const isEnded = signIn !== null && endOf(signIn) !== null;
  const next = isEnded ? change({ ...restored, stored: null }, side, { account: null }) : restored;
  return put(next, side, { type: 'cleared' });
}

function sessionOf({ sub, signIn }: Account): Session {
  return { user: { sub, signIn }, authenticatedAt: start + signIn };
}

function answer(world: World, side: Side): World {
  const { account } = world.tabs[side];
  const restored = world.timing ? put(world, side, world.timing) : world;
  const session = account && sessionOf(account);
  return put(restored, side, { type: 'session', session, isEvent: false });
}

/** The SDK refreshes, for the user that it knows; or another tab has, meanwhile. */
function token(world: World, side: Side): World {
  const { account, state } = world.tabs[side];
  const fact = tokenOf(state, defaultToken);
  const next: World = { ...world, lock: null };
  if (
    isValid(state, fact) &&
    fact.stamp === state.newestToken &&
    fact.issuedAt === fact.refreshAt
  ) {
    return put(next, side, { type: 'request-finished', request: defaultToken });
  }
  if (!account || world.ended.includes(account.signIn)) {
    const failed: World = { ...next, mayEnd: true };
    return put(failed, side, { type: 'request-failed', request: defaultToken, error: refusal });
  }
  const issuedAt = start + world.truth;
  const value = `${account.sub}-${account.signIn}-${world.issued + 1}`;
  return put({ ...next, issued: world.issued + 1 }, side, {
    type: 'token',
    request: defaultToken,
    token: { value, sub: account.sub, issuedAt, expiresAt: issuedAt + tokenLife },
    isForced: true,
    roundTrip: 0,
  });
}

function effectsOf({ state, page }: Tab, side: Side): string[] {
  const { effects } = schedule(state, configOfTab(side, page));
  return effects.map((effect) => effect.slice(0, effect.lastIndexOf('#')));
}

/** What does not hold, or `null`. */
export function violation(before: World, world: World): string | null {
  for (const side of sides) {
    const broken = tabViolation(before.tabs[side], world.tabs[side], world, side);
    if (broken) return `tab ${side}: ${broken}`;
  }
  return null;
}

function tabViolation(before: Tab, tab: Tab, world: World, side: Side): string | null {
  const { state } = tab;
  const config = configOfTab(side, tab.page);
  const fact = tokenOf(state, defaultToken);
  if (fact?.token && isOpen(state.signIn)) {
    const { sub } = state.signIn.session.user;
    if (!fact.token.value.startsWith(`${sub}-`)) return `${sub} has the token ${fact.token.value}`;
    const isUsable = state.clock.device < usableUntil(state, config, defaultToken, 0);
    const isBehind = serverNow(state.clock) < start + world.truth - 1_000;
    const expiresAt = fact.token.expiresAt ?? 0;
    if (isUsable && !isBehind && expiresAt <= start + world.truth) return 'an expired token';
  }
  if (!tab.isFrozen) {
    const { wakeAt } = schedule(state, config);
    if (wakeAt <= state.clock.device) return `wakeAt lies ${state.clock.device - wakeAt} ms ago`;
  }
  return before.page === tab.page ? endViolation(before.state, state, world) : null;
}

function endViolation({ signIn: before }: State, { signIn }: State, world: World): string | null {
  if (isOpen(before) && !isOpen(signIn) && !world.mayEnd) return 'a session ended without a cause';
  const end = before && endOf(before);
  if (end && end.reason !== 'idle' && signIn?.id === before.id && !endOf(signIn)) {
    return 'an end was taken back';
  }
  return null;
}

const longestTalk = 12;

/** Delivers all messages. What does not hold then, or `null`. */
export function disagreement(world: World): string | null {
  let each = world;
  for (const side of sides) {
    if (each.tabs[side].isFrozen) each = take(each, ['thaw', side]) ?? each;
  }
  // The user looks at both: what was lost is sent again.
  for (const side of sides) each = sync(each, side);
  for (let count = 0; each.tabs.some(({ inbox }) => inbox.length > 0); count++) {
    if (count > longestTalk) return 'the tabs do not stop talking';
    for (const side of sides) each = take(each, ['deliver', side]) ?? each;
  }
  const [a, b] = each.tabs.map(({ state }) => state);
  if (!a || !b || a.detachedFrom !== noStamp || b.detachedFrom !== noStamp) return null;
  const says = ({ signIn }: State): string =>
    signIn ? `${signIn.id} ${endOf(signIn)?.stamp}` : 'nothing';
  return says(a) === says(b) ? null : `${says(a)} | ${says(b)}`;
}
