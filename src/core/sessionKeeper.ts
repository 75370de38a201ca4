import { QueryClient } from '@tanstack/react-query';
import { AccessTokens } from './accessTokens.js';
import { Agenda } from './agenda.js';
import { Alarm } from './alarm.js';
import { Attendance } from './attendance.js';
import { Clock, type Shift } from './clock.js';
import type { SessionFact } from './derive.js';
import { Ending } from './ending.js';
import { nobody, sessionExpired, stopped } from './endings.js';
import type { Environment } from './environment.js';
import { needsLogin } from './errors.js';
import { Extension } from './extension.js';
import { gatherFacts } from './gatherFacts.js';
import { Hearing } from './hearing.js';
import { Inquiry } from './inquiry.js';
import { Lifecycle } from './lifecycle.js';
import { LoginGate } from './loginGate.js';
import { readRefreshOptions, type SessionClientOptions } from './options.js';
import { type Policy, sourcePolicy } from './policy.js';
import { SessionRecord } from './sessionRecord.js';
import { Siblings } from './siblings.js';
import type { EndReason, SessionEvent } from './snapshot.js';
import { SnapshotStore } from './snapshotStore.js';
import { SourceCalls } from './sourceCalls.js';
import type { SharedFacts } from './tabMessages.js';
import { TimeDoubt } from './timeDoubt.js';
import type { Session, SessionSource } from './types.js';

const never = Number.POSITIVE_INFINITY;

/** The only writer: keeps the facts of the two clocks, and asks when it is time to ask. */
export class SessionKeeper {
  readonly clock: Clock;
  readonly calls: SourceCalls;
  readonly tokens: AccessTokens;
  readonly extension: Extension;
  readonly gate: LoginGate = new LoginGate(() => this.publish());
  readonly store: SnapshotStore;
  readonly lifecycle: Lifecycle = new Lifecycle(
    () => this.#begin(),
    () => this.#halt(),
  );
  readonly #source: SessionSource;
  readonly #policy: Policy;
  readonly #env: Environment;
  readonly #alarm: Alarm;
  readonly #inquiry: Inquiry<Session | null>;
  readonly #siblings: Siblings;
  readonly #record: SessionRecord;
  readonly #doubt: TimeDoubt;
  readonly #attendance: Attendance;
  readonly #ending: Ending;
  readonly #hearing: Hearing;
  readonly #agenda: Agenda;
  #stopListening: (() => void)[] = [];

  constructor(options: SessionClientOptions, env: Environment) {
    const { source, policy = sourcePolicy, initialSession, onEvent } = options;
    const { window, timeout, patience } = readRefreshOptions(options.refresh);
    const clock = new Clock(env);
    const onShift = (shift: Shift): void => this.#shift(shift);
    const calls = new SourceCalls({ source, env, clock, timeout, onShift });
    const shared = {
      queries: new QueryClient(),
      env,
      clock,
      calls,
      sourceName: source.name,
      patience,
      onChange: () => this.publish(),
    };
    this.clock = clock;
    this.calls = calls;
    this.#source = source;
    this.#policy = policy;
    this.#env = env;
    this.#attendance = new Attendance(env);
    this.#alarm = new Alarm(env, clock, () => this.look(false));
    this.#siblings = new Siblings({
      name: options.name ?? source.name,
      env,
      clock,
      timeout,
      onShift,
      isNew: () => this.#record.stamp.rev === 0,
      share: () => this.#share(),
      stamp: () => this.#record.stamp,
      onFacts: (facts, ahead) => this.#hearing.heard(facts, ahead),
    });
    const { tabs } = this.#siblings;
    this.#record = new SessionRecord(initialSession, clock.now(), () => tabs.stamp());
    this.#inquiry = new Inquiry<Session | null>({
      ...shared,
      queryKey: ['session'],
      ask: (force, signal) => calls.getSession(force, signal),
      onAnswer: (session) => {
        if (session) this.extension.settleDebt();
        this.#hearing.answered(session);
      },
      onFailure: (error) => this.#hearing.failed(error),
    });
    this.tokens = new AccessTokens({
      ...shared,
      tabs,
      window,
      silent: !(policy.kind === 'absolute' && policy.lifetime === 'access-token'),
      shareTokens: options.shareTokens ?? true,
      // What has ended has no use for a token.
      owner: () => (this.#fact.kind === 'present' ? this.owner : null),
      onEvent: (event) => this.#onTokenEvent(event),
    });
    this.#doubt = new TimeDoubt({
      clock,
      calls,
      tokens: this.tokens,
      isOver: () => this.#isOver(),
      onSettled: () => this.look(false),
    });
    const kept = {
      env,
      clock,
      calls,
      record: this.#record,
      siblings: this.#siblings,
      inquiry: this.#inquiry,
      tokens: this.tokens,
      gate: this.gate,
      doubt: this.#doubt,
      look: () => this.look(false),
      publish: () => this.publish(),
    };
    this.#ending = new Ending({ ...kept, isExtensionOwed: () => this.extension.isOwed });
    const parts = { ...kept, ending: this.#ending, sourceName: source.name };
    // By a clock that is not the server's yet, what it has rendered may look over: it is asked first.
    if (this.#fact.kind === 'present') this.#doubt.raise();
    this.store = new SnapshotStore({
      policy,
      now: () => clock.now(),
      facts: () => gatherFacts(parts),
      settleRest: () => this.tokens.settle(clock.now()),
      onPassed: (reason) => this.#ending.passed(reason),
      onEvent,
    });
    if (!this.#isOver()) this.#doubt.drop();
    this.extension = new Extension({
      env,
      clock,
      calls,
      snapshot: () => this.store.snapshot,
      extendedAt: () => this.#record.extendedAt,
      present: () => this.present(),
      signIn: () => this.#record.signInStamp,
      onRefused: () => this.#inquiry.ask(true),
      onExtended: (session, at) => this.#hearing.extended(session, at),
      onSign: () => this.look(false),
    });
    this.#hearing = new Hearing({ ...parts, store: this.store });
    this.#agenda = new Agenda({
      ...parts,
      alarm: this.#alarm,
      attendance: this.#attendance,
      extension: this.extension,
      hearing: this.#hearing,
      lifecycle: this.lifecycle,
      store: this.store,
    });
  }

  /** Whose session it is or was. */
  get owner(): string | null {
    return this.#record.owner;
  }

  /** How often somebody has signed in: who was refused before the latest may try again. */
  get signIns(): number {
    return this.#record.signIns;
  }

  /** Resolves with the session of whoever is signed in; rejects where nobody is. */
  async present(signal?: AbortSignal): Promise<Session> {
    const { stops } = this.lifecycle;
    await this.#siblings.greeted;
    if (stops !== this.lifecycle.stops) throw stopped();
    const { isUnsure } = this.#hearing;
    if (isUnsure || this.#fact.kind === 'unasked') await this.ask(isUnsure, signal);
    this.catchUp();
    const { fact } = this.#record;
    if (fact.kind === 'present') return fact.session;
    throw fact.kind === 'ended' ? sessionExpired() : nobody();
  }

  /** Asks the source who is signed in, and waits for the answer. */
  ask(forceRefresh: boolean, signal?: AbortSignal): Promise<Session | null> {
    const answer = this.#inquiry.wait(() => true, signal);
    this.#inquiry.ask(forceRefresh);
    return answer;
  }

  /** A late alarm must not let a dead session look alive. */
  catchUp(): void {
    if (this.clock.now() >= this.store.wakeAt) this.look(false);
  }

  /** The alarm rang, or the person may be back: look at the clock, and do what is due. */
  look(stirred: boolean): void {
    if (this.#attendance.isSuspended && !stirred) return;
    const slept = this.#heedSleep();
    if (stirred || slept) {
      this.#inquiry.hurry();
      this.tokens.hurry();
      this.extension.hurry();
    }
    this.#heedAbsence(stirred);
    if (this.#agenda.sessionDueAt <= this.clock.now())
      this.#inquiry.ask(this.#fact.kind !== 'unasked');
    if (this.#agenda.isSettled) {
      this.tokens.run();
      this.extension.run();
    }
    this.publish();
  }

  publish(): void {
    this.#heedSleep();
    this.store.publish();
    this.#agenda.plan();
  }

  /** Has the person sign in by `login`, and asks the source who it was. */
  signIn(login: () => Promise<void>): Promise<void> {
    return this.#hearing.signIn(login, () => this.ask(true));
  }

  /** The session ended under the person's hands. */
  end(reason: EndReason): void {
    this.#ending.settle(reason);
    this.publish();
  }

  /** Signs the person out here by `logout`. */
  async signOut(logout: () => Promise<void>): Promise<void> {
    await this.#hearing.signOut(logout);
    this.publish();
  }

  get #fact(): SessionFact {
    return this.#record.fact;
  }

  #begin(): void {
    this.#stopListening = [
      this.#env.onStir(() => this.look(true)),
      this.#env.onSuspend(() => this.#suspend()),
      this.#source.subscribe?.((event) => this.#hearing.told(event)) ?? (() => {}),
      // Where the session ends with its token, somebody must know when that is.
      this.tokens.silent ? () => {} : this.tokens.use({}),
      this.#mayIdle() ? this.extension.watch() : () => {},
    ];
    this.#greet();
    this.look(false);
  }

  #halt(): void {
    for (const stop of this.#stopListening.splice(0)) stop();
    this.#callOff();
    // Whoever starts it again asks the source first.
    if (this.#doubt.isOpen) this.#doubt.raise();
    this.calls.callOff(stopped());
    this.#inquiry.rejectAll(stopped());
    this.tokens.rejectAll(stopped());
    this.gate.cancel(stopped());
  }

  /** The page is about to be frozen, or kept for "back": its turn and its channel are the others'. */
  #suspend(): void {
    this.#attendance.suspend();
    this.#callOff();
  }

  #callOff(): void {
    this.#inquiry.callOff();
    this.tokens.callOff();
    this.#siblings.close();
    this.#alarm.clear();
  }

  #greet(): void {
    this.#attendance.greet();
    this.#siblings.tabs.open();
    void this.#siblings.greet().then(() => {
      if (!this.lifecycle.running) return;
      if (this.#record.vouch()) this.#siblings.tabs.tell({ session: this.#record.share() });
      this.look(false);
    });
  }

  /** After a freeze, or when a person comes back, the siblings may know better. */
  #heedAbsence(stirred: boolean): void {
    const presence = this.#attendance.look(stirred);
    // A sibling that signed somebody else in may be gone by now: the source knows.
    if (presence === 'stale' && this.#fact.kind === 'present') this.#doubt.raise();
    if (presence !== 'here' && this.lifecycle.running && !this.#siblings.greeting) this.#greet();
  }

  /** After a sleep no deadline is believed to have passed until the source was asked. */
  #heedSleep(): boolean {
    const slept = this.clock.takeSleep();
    if (slept === 0) return false;
    if (this.#fact.kind === 'present') this.#doubt.raise();
    this.store.record({ type: 'woke', at: this.clock.now(), slept });
    return true;
  }

  /** Whether a person's activity can move the end at all. */
  #mayIdle(): boolean {
    if (this.#policy.kind === 'absolute') return false;
    return this.calls.canExtend || ('idle' in this.#policy && this.#policy.idle !== undefined);
  }

  /** Whether a deadline has passed, by our clock. */
  #isOver(): boolean {
    return this.clock.now() >= (this.store.snapshot.deadline?.at ?? never);
  }

  /** Our reckoning of time was wrong. In doubt a token is taken for dead, a session for alive. */
  #shift({ surely, atMost }: Shift): void {
    if (atMost !== 0) this.tokens.shift(atMost);
    this.#record.shift(surely);
  }

  /** Where no token is to be had, the source is asked whether anybody is there at all. */
  #onTokenEvent(event: SessionEvent): void {
    this.store.record(event);
    // A token has come by another way, say a sign-in in another tab: who waits for one goes on.
    if (event.type === 'access-token-refreshed' && this.gate.pending && this.owner !== null) {
      this.gate.open(this.owner);
    }
    if (event.type === 'access-token-refresh-failed' && needsLogin(event.error)) {
      this.#inquiry.ask(true);
    }
  }

  #share(): SharedFacts {
    this.extension.countActivity();
    const isPresent = this.#fact.kind === 'present';
    return { session: this.#record.share(), tokens: isPresent ? this.tokens.shared() : [] };
  }
}
