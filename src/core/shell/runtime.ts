import { replaceEqualDeep } from '@tanstack/react-query';
import type { Environment } from '../environment.js';
import { accessTokenState, usedTokens } from '../model/accessToken.js';
import { deviceNow as deviceTime, never } from '../model/clock.js';
import type { Reading } from '../model/config.js';
import { derive } from '../model/derive.js';
import { eventsBetween, type View } from '../model/events.js';
import { initialState } from '../model/initialState.js';
import type { Input } from '../model/input.js';
import { schedule } from '../model/schedule.js';
import type { State } from '../model/state.js';
import { update } from '../model/update.js';
import type { SessionClientOptions } from '../options.js';
import type { AccessTokenState, SessionEvent, Snapshot } from '../snapshot.js';
import { readSession } from '../validate.js';
import { createConfig } from './clientConfig.js';
import type { ClientContext } from './context.js';
import { createEffectRunner } from './effectRunner.js';
import { runEffect } from './effects.js';
import { createInputLog, type SessionLog } from './inputLog.js';
import { createListeners, type Listeners } from './listeners.js';
import { originName } from './names.js';
import { createPageListeners, type PageListeners } from './pageListeners.js';
import { createPendingCalls, type PendingCalls } from './pendingCalls.js';
import { createRefreshLock, type RefreshLock } from './refreshLock.js';
import { createSource, type Source } from './source.js';
import { createStorage } from './storage.js';
import { createTabSync } from './tabSync.js';

/** A running client: its state, and the parts of the shell that change the state and follow it. */
export interface Runtime extends ClientContext {
  readonly source: Source;
  readonly lock: RefreshLock;
  readonly listeners: Listeners;
  readonly calls: PendingCalls;
  readonly reportActivity: PageListeners['reportActivity'];
  getSnapshot(): Snapshot;
  getLog(): SessionLog;
  accessTokenState(key: string): AccessTokenState;
  /** When the state changes without another input (device time). */
  wakeAt(): number;
  /** Updates the state if the timer is late, so that an ended session does not look active. */
  catchUp(): void;
  start(): void;
}

/** Creates a runtime that is not started. Throws a `TypeError` for an invalid option. */
export function createRuntime(options: SessionClientOptions, env: Environment): Runtime {
  const { initialSession, shareTokens = true } = options;
  const { config, timeout } = createConfig(options, env);
  const clientName = options.name ?? options.source.name;
  const name = originName(clientName);

  const inputs: Input[] = [];
  const unemitted: SessionEvent[] = [];
  let isUpdating = false;
  let wakeAt = never;
  let state = readInitialState();
  let shown = show(state);

  const getState = (): State => state;
  const deviceNow = (): number =>
    deviceTime(getState().clock, { wall: env.wallNow(), monotonic: env.monotonicNow() });
  const now = (): number => deviceNow() + getState().clock.offset;

  const context: ClientContext = { env, config, getState, dispatch, deviceNow, now };
  const listeners = createListeners(options.onEvent);
  const log = createInputLog();
  const calls = createPendingCalls(context);
  const page = createPageListeners(context, options.source);
  const storage = createStorage(context, name);
  const tabs = createTabSync(context, name, shareTokens, storage);
  const source = createSource(context, options.source, timeout);
  const lock = createRefreshLock(context, clientName, timeout, tabs);
  const runSchedule = createEffectRunner(context, (request, signal) =>
    runEffect({ ...context, source, lock, tabs, storage }, request, signal),
  );

  function readInitialState(): State {
    const reading = readEnvironment(env);
    const session = initialSession && readSession(initialSession, reading.wall, 'initialSession');
    return initialState(session, reading, config);
  }

  function dispatch(input: Input): void {
    inputs.push(input);
    if (isUpdating) return;
    const before = shown;
    isUpdating = true;
    try {
      for (let next = inputs.shift(); next; next = inputs.shift()) {
        step(next);
        if (inputs.length > 0) continue;
        const due = schedule(getState());
        wakeAt = due.wakeAt;
        runSchedule(due);
      }
    } finally {
      isUpdating = false;
    }
    if (shown !== before) listeners.notify();
    // A listener may cause further events: each is emitted once, and in order.
    for (let event = unemitted.shift(); event; event = unemitted.shift()) listeners.emit(event);
  }

  function step(input: Input): void {
    const before: View = { state, ...shown };
    const reading = readEnvironment(env);
    log.add(input, reading, state);
    state = update(state, input, reading);
    shown = replaceEqualDeep(shown, show(state));
    for (const call of state.settled) calls.settle(call);
    if (state.act !== before.state.act) storage.writeAct(state.act);
    page.setAttached(state.isRunning);
    const isActive = state.isRunning && !state.isSuspended;
    tabs.setOpen(isActive);
    // A browser discards a page in its back/forward cache if another tab requests a lock that the page holds.
    if (!isActive) lock.stopAnnouncing();
    tabs.publish();
    unemitted.push(...eventsBetween(before, { state, ...shown }));
  }

  return {
    ...context,
    source,
    lock,
    listeners,
    calls,
    reportActivity: page.reportActivity,
    getSnapshot: () => shown.snapshot,
    getLog: () => log.read(state),
    accessTokenState: (key) => shown.tokens[key] ?? accessTokenState(state, key),
    wakeAt: () => wakeAt,
    catchUp() {
      if (deviceNow() >= wakeAt) dispatch({ type: 'tick' });
    },
    start() {
      storage.restore();
      dispatch({ type: 'started' });
    },
  };
}

/** What the listeners of a client can read. */
interface Shown {
  readonly snapshot: Snapshot;
  /** The states of the tokens in use, by the keys of their requests. */
  readonly tokens: Readonly<Record<string, AccessTokenState>>;
}

function show(state: State): Shown {
  const tokens = usedTokens(state).map((key) => [key, accessTokenState(state, key)]);
  return { snapshot: derive(state), tokens: Object.fromEntries(tokens) };
}

function readEnvironment(env: Environment): Reading {
  return {
    wall: env.wallNow(),
    monotonic: env.monotonicNow(),
    online: env.isOnline(),
    visible: env.isVisible(),
    random: env.random(),
  };
}
