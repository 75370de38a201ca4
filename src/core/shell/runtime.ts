import { replaceEqualDeep } from '@tanstack/react-query';
import type { Environment } from '../environment.js';
import { makeError } from '../errorMessages.js';
import type { SessionError } from '../errors.js';
import { accessTokenState, defaultToken, isInUse } from '../model/accessToken.js';
import { deviceNow } from '../model/clock.js';
import type { Config, Reading } from '../model/config.js';
import { derive } from '../model/derive.js';
import { eventsBetween, type View } from '../model/events.js';
import type { Facts } from '../model/facts.js';
import { initialState } from '../model/initialState.js';
import type { Input } from '../model/input.js';
import { fingerprintOf } from '../model/merge.js';
import { type Schedule, schedule } from '../model/schedule.js';
import { noStamp, type Stamp } from '../model/stamp.js';
import { type Call, ownerOf, type State } from '../model/state.js';
import { update } from '../model/update.js';
import { fingerprint } from '../model/user.js';
import { decide } from '../model/waitingCalls.js';
import { readRefreshOptions, type SessionClientOptions } from '../options.js';
import { sourcePolicy } from '../policy.js';
import type { AccessTokenState, SessionEvent, Snapshot } from '../snapshot.js';
import type { Instant } from '../types.js';
import { readSession } from '../validate.js';
import { type EffectContext, runEffect } from './effects.js';
import { callSafely, Emitter } from './emitter.js';
import { InputLog } from './inputLog.js';
import { readMessage, shareable, writeMessage } from './message.js';
import { type CallRequest, PendingCalls } from './pendingCalls.js';
import { RefreshLock } from './refreshLock.js';
import { Source } from './source.js';
import { TimingStorage } from './storage.js';
import { Tabs } from './tabs.js';

/** A timer that was asleep with its device fires late by as much, so none is set for longer (ms). */
const longestTimer = 30_000;
/** Two inputs of the user within this time are one (ms). */
const activityInterval = 1_000;
/** Two tabs that send at the same time receive each other's message within (ms). */
const crossingTime = 1_000;

/** What a call asks for; the rest is the same for most. */
type CallOptions = Pick<Call, 'kind' | 'key'> & Partial<CallRequest>;

/**
 * Everything that is not pure: it reads the clocks, feeds inputs to `update`, and keeps running what
 * `schedule` names. It decides nothing.
 */
export class Runtime implements EffectContext {
  readonly env: Environment;
  readonly source: Source;
  readonly config: Config;
  readonly lock: RefreshLock;
  readonly events: Emitter = new Emitter();
  readonly log: InputLog = new InputLog();
  readonly calls: PendingCalls = new PendingCalls();
  readonly #options: SessionClientOptions;
  readonly #tabs: Tabs;
  readonly #storage: TimingStorage;
  readonly #listeners = new Set<() => void>();
  readonly #inputs: Input[] = [];
  readonly #unemitted: SessionEvent[] = [];
  readonly #effects = new Map<string, AbortController>();
  #isUpdating = false;
  #view: View;
  #tokenStates: Record<string, AccessTokenState> = {};
  #schedule: Schedule = { effects: [], wakeAt: Number.POSITIVE_INFINITY };
  /** The facts that the other tabs have, as far as is known, and those that were sent last. */
  #known = '';
  #sent = { print: '', at: 0 };
  #messages = 0;
  #activeAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: () => void = () => {};
  #detach: (() => void)[] = [];

  constructor(options: SessionClientOptions, env: Environment) {
    const { source, policy = sourcePolicy, initialSession, userKey } = options;
    const refresh = readRefreshOptions(options.refresh, source);
    const name = `session-clock:${options.name ?? source.name}`;
    this.env = env;
    this.#options = options;
    this.config = {
      tab: env.newTabId(),
      policy,
      refreshWindow: refresh.window,
      maxWait: refresh.maxWait,
      hasTokens: source.getAccessToken !== undefined,
      canExtend: source.extend !== undefined,
      canClear: source.clear !== undefined,
      storageDelay: refresh.storageDelay,
      isSilent: policy.lifetime !== 'access-token',
      hasOtherTabs: env.locks !== null,
      userOf: (session) => fingerprint(userKey?.(session) ?? session.user.sub),
    };
    this.source = new Source({
      source,
      env,
      timeout: refresh.timeout,
      now: () => this.now(),
      onServerTime: (latest, tolerance) => this.put({ type: 'server-time', latest, tolerance }),
    });
    this.#storage = new TimingStorage(env, name);
    this.#tabs = new Tabs(env, name, (data) => this.#receive(data));
    this.lock = new RefreshLock({
      name,
      env,
      timeout: refresh.timeout,
      newestToken: () => this.state.newestToken,
      waitUntil: this.#tabs.waitUntil,
    });
    const reading = this.#read();
    const session = initialSession && readSession(initialSession, reading.wall, 'initialSession');
    const state = initialState(session, reading, this.config);
    this.#view = { state, snapshot: derive(state, this.config) };
  }

  get state(): State {
    return this.#view.state;
  }

  get snapshot(): Snapshot {
    return this.#view.snapshot;
  }

  /** The server's time as far as it is known (epoch ms). */
  now(): Instant {
    return this.deviceNow() + this.state.clock.offset;
  }

  deviceNow(): number {
    const { env, state } = this;
    const at = { wall: env.wallNow(), monotonic: env.monotonicNow() };
    return deviceNow(state.clock, at);
  }

  /** When the state changes by itself (device time). */
  get wakeAt(): number {
    return this.#schedule.wakeAt;
  }

  accessTokenState(key: string): AccessTokenState {
    return this.#tokenStates[key] ?? accessTokenState(this.state, key).shown;
  }

  subscribe(listener: () => void): () => void {
    // A function of its own, so that one listener may subscribe twice.
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  start(): void {
    this.readStorage();
    this.put({ type: 'started' });
  }

  readStorage(): void {
    const stored = this.#storage.read(this.deviceNow() - this.env.wallNow());
    if (stored) this.put(stored);
  }

  /** Waits as the model decides. */
  call<Value>(request: CallOptions, signal?: AbortSignal): Promise<Value> {
    return this.calls.add<Value>(
      this.#complete(request),
      signal,
      (call) => this.put({ type: 'call', call }),
      (id) => this.put({ type: 'call-abandoned', id }),
    );
  }

  /** The token that a call would get at once; `null`: it has to wait, or is rejected. */
  decideNow(request: CallOptions): string | null {
    const call = { ...this.#complete(request), id: '', outcome: null };
    const clock = { ...this.state.clock, device: call.since };
    const decision = decide({ ...this.state, clock }, this.config, call);
    return decision.kind === 'resolve' ? (decision.value as string) : null;
  }

  #complete(request: CallOptions): CallRequest {
    const isForUser = request.kind === 'token' || request.kind === 'step-up';
    return {
      user: isForUser ? ownerOf(this.state) : null,
      minValidity: 0,
      after: null,
      mayAskUser: false,
      since: this.deviceNow(),
      requirement: null,
      ...request,
    };
  }

  /** A timer that is late must not make an ended session look active. */
  catchUp(): void {
    if (this.deviceNow() >= this.wakeAt) this.put({ type: 'tick' });
  }

  /** Something has happened. What it causes is carried out before this returns; listeners are called last. */
  put(input: Input): void {
    this.#inputs.push(input);
    if (this.#isUpdating) return;
    const { snapshot } = this;
    const tokenStates = this.#tokenStates;
    this.#isUpdating = true;
    try {
      for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) {
        this.#step(next);
        if (this.#inputs.length === 0) this.#runSchedule();
      }
    } finally {
      this.#isUpdating = false;
    }
    if (this.snapshot !== snapshot || this.#tokenStates !== tokenStates) {
      for (const listener of [...this.#listeners]) callSafely(listener, undefined);
    }
    // A listener may cause further events: each is emitted once, and in order.
    for (let event = this.#unemitted.shift(); event; event = this.#unemitted.shift()) {
      if (this.#options.onEvent) callSafely(this.#options.onEvent, event);
      this.events.emit(event);
    }
  }

  #step(input: Input): void {
    const before = this.#view;
    const reading = this.#read();
    this.log.add(input, reading, before.state);
    const state = update(before.state, input, reading, this.config);
    const snapshot = replaceEqualDeep(before.snapshot, derive(state, this.config));
    this.#view = { state, snapshot };
    this.#tokenStates = replaceEqualDeep(this.#tokenStates, this.#usedTokens());
    for (const call of state.settled) this.calls.settle(call);
    if (state.act !== before.state.act) this.#storeAct(state);
    this.#attach(state.isRunning);
    const isActive = state.isRunning && !state.isSuspended;
    this.#tabs.setOpen(isActive);
    // A browser does not keep a page for "back" that holds a lock when another tab requests one.
    if (!isActive) this.lock.stopAnnouncing();
    this.#publish();
    this.#unemitted.push(...eventsBetween(before, this.#view));
  }

  #storeAct({ act }: State): void {
    const isSigningIn = act.kind === 'signing-in' || act.kind === 'signed-in';
    this.#storage.signingIn = isSigningIn ? act.since : noStamp;
  }

  #usedTokens(): Record<string, AccessTokenState> {
    const { state, config } = this;
    const used = Object.keys(state.requests).filter((key) => isInUse(state, config, key));
    const keys = [...new Set([defaultToken, ...used])];
    return Object.fromEntries(keys.map((key) => [key, accessTokenState(state, key).shown]));
  }

  /** Starts what is named and not running, aborts what is no longer named, and sets the one timer. */
  #runSchedule(): void {
    this.#schedule = schedule(this.state, this.config);
    const { effects, wakeAt } = this.#schedule;
    for (const [effect, controller] of [...this.#effects]) {
      if (effects.includes(effect)) continue;
      this.#effects.delete(effect);
      controller.abort(makeError('stopped'));
    }
    for (const effect of effects) if (!this.#effects.has(effect)) this.#start(effect);
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    if (wakeAt === Number.POSITIVE_INFINITY) return;
    const wait = Math.max(Math.ceil(wakeAt - this.state.clock.device), 0);
    this.#cancelTimer = this.env.setTimer(Math.min(wait, longestTimer), () =>
      this.put({ type: 'tick' }),
    );
  }

  #start(effect: string): void {
    const request = effect.slice(0, effect.lastIndexOf('#'));
    const controller = new AbortController();
    this.#effects.set(effect, controller);
    if (request !== 'sync') this.put({ type: 'request-started', request });
    const finish = (input: Input): void => {
      // An answer to an aborted request is not used.
      if (this.#effects.get(effect) !== controller) return;
      this.#effects.delete(effect);
      this.put(input);
    };
    runEffect(this, request, controller.signal).then(finish, (error: SessionError) =>
      finish({ type: 'request-failed', request, error }),
    );
  }

  sync(ms: number): Promise<void> {
    const before = this.#messages;
    this.#post(null);
    return this.#tabs.waitUntil(ms, () => this.#messages > before);
  }

  wait(ms: number): Promise<void> {
    return this.#tabs.waitUntil(ms, () => false);
  }

  get signingIn(): Stamp {
    return this.#storage.signingIn;
  }

  #receive(data: unknown): void {
    const { env } = this;
    this.put({ type: 'tick' });
    const message = readMessage(data, this.now());
    if (!message) return;
    const { facts, clock, confirmed, wall } = message;
    if (!facts) {
      // Answered here: in a hidden page a timer would take a second.
      this.put({ type: 'sync-requested' });
      this.#known = '';
      this.#sent.print = '';
      return this.#publish();
    }
    this.#messages++;
    this.#known = fingerprintOf(facts);
    this.put({ type: 'message', facts, clock, confirmed, age: env.wallNow() - wall });
  }

  /** Sends what is known here, where the other tabs may not know it. */
  #publish(): void {
    const { detachedFrom, isRunning, isSuspended, signIn } = this.state;
    if (!isRunning || detachedFrom !== noStamp || !signIn || signIn.id === noStamp) return;
    const unknown = this.#storage.write(this.state);
    if (unknown) this.#inputs.push(unknown);
    if (isSuspended) return;
    const print = fingerprintOf(this.state);
    const now = this.env.monotonicNow();
    // Messages that crossed on their way are no reason to repeat what was sent.
    const isJustSent = print === this.#sent.print && now - this.#sent.at < crossingTime;
    if (print === this.#known || isJustSent) return;
    this.#known = print;
    this.#sent = { print, at: now };
    this.#post(shareable(this.state, this.#options.shareTokens ?? true));
  }

  #post(facts: Facts | null): void {
    const wall = this.env.wallNow();
    const { isServerTime, uncertainty } = this.state.clock;
    const serverNow = isServerTime && !uncertainty ? this.now() : null;
    const clock = { drift: this.deviceNow() - wall, serverNow, uncertainty };
    const message = { facts, clock, confirmed: this.state.confirmed, wall };
    // A message that cannot be sent must not stop the update.
    callSafely((each) => this.#tabs.post(each), writeMessage(message));
  }

  /** Listens to the page and to the source for as long as the client runs. */
  #attach(isRunning: boolean): void {
    if (!isRunning) {
      for (const stop of this.#detach.splice(0)) stop();
    } else if (this.#detach.length === 0) {
      const { env } = this;
      const stop = this.#options.source.subscribe?.((event) => {
        if (event.type === 'revoked') this.put({ type: 'ended', reason: 'revoked' });
        else this.#receiveSession(event.session);
      });
      this.#detach = [
        env.onResume(() => this.put({ type: 'resumed' })),
        env.onSuspend(() => this.put({ type: 'suspended' })),
        ...(stop ? [stop] : []),
        ...(this.#canBeIdle() ? [env.onActivity(() => this.reportActivity())] : []),
      ];
    }
  }

  #receiveSession(answer: unknown): void {
    const session = readSession(answer, this.now(), this.#options.source.name);
    this.put({ type: 'session', session, isEvent: true });
  }

  /** Whether activity can move the end at all. */
  #canBeIdle(): boolean {
    const { policy, canExtend } = this.config;
    if (policy.kind === 'absolute') return false;
    return canExtend || policy.idle !== null;
  }

  /** The user is active. */
  reportActivity(): void {
    const now = this.deviceNow();
    // Negative where a clock that was set is taken back.
    const ago = now - this.#activeAt;
    if ((ago >= 0 && ago < activityInterval) || !this.env.isVisible()) return;
    this.#activeAt = now;
    this.put({ type: 'activity' });
  }

  #read(): Reading {
    const { env } = this;
    return {
      wall: env.wallNow(),
      monotonic: env.monotonicNow(),
      online: env.isOnline(),
      visible: env.isVisible(),
      random: env.random(),
    };
  }
}
