import { QueryClient } from '@tanstack/react-query';
import { AccessTokens } from './accessTokens.js';
import { Alarm } from './alarm.js';
import { readSession } from './answers.js';
import { Clock, type Shift } from './clock.js';
import type { Facts, SessionFact } from './derive.js';
import { nobody, sessionExpired, stopped, userChanged } from './endings.js';
import type { Environment } from './environment.js';
import { needsLogin, type SessionError } from './errors.js';
import { Extension } from './extension.js';
import { Inquiry } from './inquiry.js';
import { Lifecycle } from './lifecycle.js';
import { LoginGate } from './loginGate.js';
import { readRefreshOptions, type SessionClientOptions } from './options.js';
import { type Policy, sourcePolicy } from './policy.js';
import { shiftedFact } from './sessionFact.js';
import { type Consequences, SessionRecord, type Word } from './sessionRecord.js';
import { Siblings } from './siblings.js';
import type { Connection, EndReason, SessionEvent } from './snapshot.js';
import { SnapshotStore } from './snapshotStore.js';
import { SourceCalls } from './sourceCalls.js';
import type { SharedFacts, SharedSession } from './tabMessages.js';
import { TimeDoubt } from './timeDoubt.js';
import type { Instant, Session, SessionSource, SourceEvent } from './types.js';

const never = Number.POSITIVE_INFINITY;
/** An alarm naps for 30 s, in a hidden page for a minute: who looks later than this was frozen (ms). */
const longestNap = 90_000;
/** Who comes back within this time has missed nothing (ms). */
const shortestAbsence = 10_000;
const longAbsence = 60_000;

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
  /** The siblings are asked before an idle session is declared over. */
  #consulting: 'no' | 'under-way' | 'done' = 'no';
  /** Our own source has said that it is so; else only a sibling has. */
  #confirmed: boolean;
  /** The source is asked because a sibling has said something else than we know. */
  #checksWord = false;
  /** `done`: the next answer is the first since somebody has signed in here. */
  #signIn: 'none' | 'under-way' | 'done' = 'none';
  #suspended = false;
  #lookedAt: number;
  #greetedAt = Number.NEGATIVE_INFINITY;
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
    this.#lookedAt = env.monotonicNow();
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
      onFacts: (facts, ahead) => this.#onFacts(facts, ahead),
    });
    const { tabs } = this.#siblings;
    this.#record = new SessionRecord(initialSession, clock.now(), () => tabs.stamp());
    this.#confirmed = initialSession !== undefined;
    this.#inquiry = new Inquiry<Session | null>({
      ...shared,
      queryKey: ['session'],
      ask: (force, signal) => calls.getSession(force, signal),
      onAnswer: (session) => this.#onAnswer(session),
      onFailure: (error) => this.#onFailure(error),
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
      isOver: () => clock.now() >= (this.store.snapshot.deadline?.at ?? never),
      onSettled: () => this.look(false),
    });
    this.store = new SnapshotStore({
      policy,
      now: () => clock.now(),
      facts: () => this.#facts(),
      settleRest: () => this.tokens.settle(clock.now()),
      onPassed: (reason) => this.#onPassed(reason),
      onEvent,
    });
    this.extension = new Extension({
      env,
      clock,
      calls,
      snapshot: () => this.store.snapshot,
      extendedAt: () => this.#record.extendedAt,
      present: () => this.present(),
      onExtended: (session, at) => this.#onExtended(session, at),
      onSign: () => this.look(false),
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
    await this.#siblings.greeted;
    if (this.#fact.kind === 'unasked') await this.ask(false, signal);
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
    if (this.#suspended && !stirred) return;
    const slept = this.#heedSleep();
    if (stirred || slept) {
      this.#inquiry.hurry();
      this.tokens.hurry();
    }
    this.#heedAbsence(stirred);
    if (this.#sessionDueAt() <= this.clock.now()) this.#inquiry.ask(this.#fact.kind !== 'unasked');
    if (this.#fact.kind === 'present' && !this.#siblings.greeting) {
      this.tokens.run();
      this.extension.run();
    }
    this.publish();
  }

  publish(): void {
    this.#heedSleep();
    this.store.publish();
    this.#setAlarm();
  }

  /** Has the person sign in by `login`, and asks the source who it was. */
  async signIn(login: () => Promise<void>): Promise<void> {
    this.#signIn = 'under-way';
    try {
      await login();
    } catch (error) {
      this.#signIn = 'none';
      throw error;
    }
    // What was answered before says nothing of what holds now.
    this.#inquiry.forget();
    this.#inquiry.forgive();
    this.#signIn = 'done';
    if (!(await this.ask(true))) throw nobody();
  }

  /** The session ended under the person's hands. */
  end(reason: EndReason): void {
    this.#settle(reason);
    this.publish();
  }

  /** The person has signed out here. */
  leave(): void {
    this.#record.leave();
    this.#dropTokens(nobody());
    this.tokens.forgive();
    this.gate.cancel(nobody());
    this.#tellSession();
    this.publish();
  }

  get #fact(): SessionFact {
    return this.#record.fact;
  }

  #begin(): void {
    this.#stopListening = [
      this.#env.onStir(() => this.look(true)),
      this.#env.onSuspend(() => this.#suspend()),
      this.#source.subscribe?.((event) => this.#onSourceEvent(event)) ?? (() => {}),
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
    this.#inquiry.rejectAll(stopped());
    this.tokens.rejectAll(stopped());
    this.gate.cancel(stopped());
  }

  /** The page is about to be frozen, or kept for "back": its turn and its channel are the others'. */
  #suspend(): void {
    this.#suspended = true;
    this.#callOff();
  }

  #callOff(): void {
    this.#inquiry.callOff();
    this.tokens.callOff();
    this.#siblings.close();
    this.#alarm.clear();
  }

  #greet(): void {
    this.#suspended = false;
    this.#greetedAt = this.#env.monotonicNow();
    this.#siblings.tabs.open();
    void this.#siblings.greet().then(() => {
      if (!this.lifecycle.running) return;
      if (this.#record.vouch()) this.#tellSession();
      this.look(false);
    });
  }

  /** After a freeze, or when a person comes back, the siblings may know better. */
  #heedAbsence(stirred: boolean): void {
    const before = this.#lookedAt;
    this.#lookedAt = this.#env.monotonicNow();
    const wasFrozen = this.#suspended || this.#lookedAt - before > longestNap;
    const missed = stirred ? this.#lookedAt - this.#greetedAt : 0;
    // A sibling that signed somebody else in may be gone by now: the source knows.
    const isStale = wasFrozen || missed > longAbsence;
    if (isStale && this.#fact.kind === 'present') this.#doubt.raise();
    const isAway = isStale || missed > shortestAbsence;
    if (isAway && this.lifecycle.running && !this.#siblings.greeting) this.#greet();
  }

  /** After a sleep no deadline is believed to have passed until the source was asked. */
  #heedSleep(): boolean {
    const slept = this.clock.takeSleep();
    if (slept === 0) return false;
    if (this.#fact.kind === 'present') this.#doubt.raise();
    this.store.record({ type: 'woke', at: this.clock.now(), slept });
    return true;
  }

  #setAlarm(): void {
    const isNeeded = this.lifecycle.running || this.#inquiry.awaited || this.tokens.awaited;
    if (!isNeeded || this.#suspended) return this.#alarm.clear();
    const changesAt = Math.min(this.store.wakeAt, this.tokens.wakeAt);
    this.#alarm.set(Math.min(changesAt, this.#tokensDueAt(), this.#sessionDueAt()));
  }

  #tokensDueAt(): Instant {
    if (this.#fact.kind !== 'present' || this.#siblings.greeting) return never;
    return Math.min(this.tokens.dueAt, this.extension.dueAt());
  }

  #sessionDueAt(): Instant {
    const { fetching, awaited, failure } = this.#inquiry;
    if (fetching || (!this.#env.isOnline() && !awaited)) return never;
    if (failure) return failure.retryAt;
    if (awaited) return 0;
    if (this.#siblings.greeting) return never;
    return this.#fact.kind === 'unasked' ? 0 : this.#doubt.dueAt;
  }

  #facts(): Facts {
    const token = this.tokens.fact({});
    return {
      session: this.#fact,
      token,
      connection: this.#connection(),
      error: this.#inquiry.failure?.error ?? token.error,
      pendingLogin: this.gate.pending,
      extendable: this.#isExtendable(),
      unverified: this.#doubt.isOpen || this.#consulting === 'under-way',
    };
  }

  #connection(): Connection {
    if (!this.#env.isOnline()) return 'offline';
    return this.#inquiry.failure?.error.retryable || this.tokens.failing ? 'degraded' : 'online';
  }

  /** The source can extend it, or the idle end is the policy's own. */
  #isExtendable(): boolean {
    if (this.calls.canExtend) return true;
    return this.#fact.kind === 'present' && this.#fact.session.expiresAt === undefined;
  }

  /** Whether a person's activity can move the end at all. */
  #mayIdle(): boolean {
    if (this.#policy.kind === 'absolute') return false;
    return this.calls.canExtend || ('idle' in this.#policy && this.#policy.idle !== undefined);
  }

  /** Our reckoning of time was wrong. In doubt a token is taken for dead, a session for alive. */
  #shift({ surely, atMost }: Shift): void {
    if (atMost !== 0) this.tokens.shift(atMost);
    this.#record.shift(surely);
  }

  #onAnswer(session: Session | null): void {
    const word = this.#signIn === 'done' ? 'signed-in' : 'asked';
    if (this.#signIn === 'done') this.#signIn = 'none';
    if (session) return this.#accept(session, word);
    this.#doubt.drop();
    this.#checksWord = false;
    // A source that keeps sign-ins by the tab knows nobody here.
    if (this.#fact.kind === 'present' && this.#confirmed) this.#settle('revoked');
    else if (this.#fact.kind === 'unasked') this.#record.foundNobody();
  }

  #onFailure(error: SessionError): void {
    if (error.retryable) return;
    if (needsLogin(error)) return this.#onAnswer(null);
    // It will not be answered: what is known has to do.
    this.#doubt.drop();
    this.#checksWord = false;
    this.#signIn = 'none';
    if (this.#fact.kind === 'unasked') this.#record.foundNobody();
  }

  /** Where no token is to be had, the source is asked whether anybody is there at all. */
  #onTokenEvent(event: SessionEvent): void {
    this.store.record(event);
    if (event.type === 'access-token-refresh-failed' && needsLogin(event.error)) {
      this.#inquiry.ask(true);
    }
  }

  #onSourceEvent(event: SourceEvent): void {
    if (event.type === 'revoked') return this.end('revoked');
    // While a person signs in here, the answer that follows tells it better.
    if (this.#signIn !== 'none') return;
    const session = readSession(event.session, this.clock.now(), this.#source.name);
    if (session) return this.#accept(session, 'by-itself');
    this.#onAnswer(null);
    this.publish();
  }

  /** Our own source says who is signed in. */
  #accept(session: Session, word: Word): void {
    const accepted = this.#record.accept(session, word, this.clock.now());
    this.#confirmed = true;
    this.#doubt.settle();
    this.#draw(accepted, accepted.isNews);
    // A word that was checked may be one that has not heard ours. Of two persons neither insists.
    if (this.#checksWord ? !accepted.isOther : accepted.isNews) this.#tellSession();
    this.#checksWord = false;
    this.look(false);
  }

  /** A sibling says what it knows. */
  #onFacts({ session, tokens }: SharedFacts, ahead: number): void {
    if (session) this.#hear({ ...session, fact: shiftedFact(session.fact, -ahead) });
    for (const token of tokens) this.tokens.adopt(token, this.#record.signInStamp, ahead);
    this.look(false);
  }

  #hear(told: SharedSession): void {
    const before = this.#fact.kind;
    const extendedAt = before === 'present' ? this.#record.extendedAt : never;
    const heard = this.#record.hear(told);
    const { isOther, kind } = heard;
    if (kind === 'present') {
      this.#recordExtension(extendedAt);
      const isNews = before !== 'present' || heard.isNewSignIn;
      this.#draw(heard, isNews);
      if (before === 'unasked' || isOther) this.#confirmed = false;
      if (before === 'unasked' && this.clock.inDoubt) this.#doubt.raise();
    }
    if (kind === 'ended') this.#dropTokens(sessionExpired());
    // On somebody else our own source is asked too; and where the word is older than what we know.
    this.#checksWord = isOther || kind === 'conflict';
    if (this.#checksWord || (kind === 'present' && before === 'unasked')) {
      this.#inquiry.ask(this.#checksWord);
    }
  }

  /** What a sign-in means to those who wait. */
  #draw({ isOther, isNewSignIn }: Consequences, isNews: boolean): void {
    if (isOther) this.tokens.rejectAll(userChanged());
    if (isNewSignIn) this.tokens.forget();
    if (!isNews || this.owner === null) return;
    this.tokens.forgive();
    this.gate.open(this.owner);
  }

  /** The session goes on from `at`; `null`: it is gone. */
  #onExtended(session: Session | null, at: Instant): void {
    if (this.#fact.kind !== 'present') return;
    if (!session) return this.end('revoked');
    this.#record.extend(session, at);
    this.#tellSession();
    this.#recordExtension(Number.NEGATIVE_INFINITY);
    this.publish();
  }

  /** It was extended, unless it already lasted from later than `before`. */
  #recordExtension(before: Instant): void {
    if (this.#fact.kind !== 'present' || this.#fact.extendedAt <= before) return;
    this.publish();
    const { session, deadline } = this.store.snapshot;
    if (session)
      this.store.record({ type: 'session-extended', at: this.clock.now(), session, deadline });
  }

  /** A deadline has passed. What the siblings know of the person's activity counts before it holds. */
  #onPassed(reason: EndReason): void {
    if (reason !== 'idle' || this.#consulting === 'done' || !this.#siblings.tabs.isOpen) {
      return this.#settle(reason);
    }
    this.#consulting = 'under-way';
    void this.#siblings.greet().then(() => {
      this.#consulting = 'done';
      this.publish();
      this.#consulting = 'no';
    });
  }

  #settle(reason: EndReason): void {
    if (this.#fact.kind !== 'present') return;
    this.#record.end(reason);
    this.#dropTokens(sessionExpired());
    this.#tellSession();
  }

  #dropTokens(error: SessionError): void {
    this.#doubt.drop();
    this.tokens.rejectAll(error);
    this.tokens.forget();
    this.#inquiry.forget();
  }

  #share(): SharedFacts {
    this.extension.countActivity();
    const isPresent = this.#fact.kind === 'present';
    return { session: this.#record.share(), tokens: isPresent ? this.tokens.shared() : [] };
  }

  #tellSession(): void {
    this.#siblings.tabs.tell({ session: this.#record.share() });
  }
}
