import { QueryClient } from '@tanstack/react-query';
import { AccessTokens } from './accessTokens.js';
import { Alarm } from './alarm.js';
import { readSession } from './answers.js';
import { Clock, type Shift } from './clock.js';
import type { Facts, SessionFact } from './derive.js';
import type { Environment } from './environment.js';
import { needsLogin, SessionError } from './errors.js';
import { Inquiry } from './inquiry.js';
import { Lifecycle } from './lifecycle.js';
import { LoginGate, userChanged } from './loginGate.js';
import { readRefreshOptions, type SessionClientOptions } from './options.js';
import { sourcePolicy } from './policy.js';
import type { Connection, EndReason } from './snapshot.js';
import { SnapshotStore } from './snapshotStore.js';
import { SourceCalls } from './sourceCalls.js';
import type { Instant, Session, SessionSource, SourceEvent } from './types.js';

const never = Number.POSITIVE_INFINITY;

/** The only writer: keeps the facts of the two clocks, and asks when it is time to ask. */
export class SessionKeeper {
  readonly clock: Clock;
  readonly calls: SourceCalls;
  readonly tokens: AccessTokens;
  readonly gate: LoginGate = new LoginGate(() => this.publish());
  readonly store: SnapshotStore;
  readonly lifecycle: Lifecycle = new Lifecycle(
    () => this.#begin(),
    () => this.#halt(),
  );
  readonly #source: SessionSource;
  readonly #env: Environment;
  readonly #alarm: Alarm;
  readonly #inquiry: Inquiry<Session | null>;
  #fact: SessionFact;
  /** The device slept, and the source was not asked since. */
  #unverified = false;
  /** `done`: the next answer is the first since somebody has signed in here. */
  #signIn: 'none' | 'under-way' | 'done' = 'none';
  #signIns = 0;
  #stopListening: (() => void)[] = [];

  constructor(options: SessionClientOptions, env: Environment) {
    const { source, policy = sourcePolicy, initialSession, onEvent } = options;
    const { window, timeout, patience } = readRefreshOptions(options.refresh);
    const clock = new Clock(env);
    const calls = new SourceCalls({
      source,
      env,
      clock,
      timeout,
      onShift: (shift) => this.#shift(shift),
    });
    const shared = {
      queries: new QueryClient(),
      env,
      clock,
      sourceName: source.name,
      patience,
      onChange: () => this.publish(),
    };
    this.clock = clock;
    this.calls = calls;
    this.#source = source;
    this.#env = env;
    this.#alarm = new Alarm(env, clock, () => this.look(false));
    this.#inquiry = new Inquiry<Session | null>({
      ...shared,
      queryKey: ['session'],
      ask: (force, signal) => calls.getSession(force, signal),
      onAnswer: (session) => this.#onAnswer(session),
      onFailure: (error) => this.#onFailure(error),
    });
    this.tokens = new AccessTokens({
      ...shared,
      window,
      silent: !(policy.kind === 'absolute' && policy.lifetime === 'access-token'),
      calls,
      onEvent: (event) => this.store.record(event),
    });
    this.#fact = firstFact(initialSession, clock.now());
    this.store = new SnapshotStore({
      policy,
      now: () => clock.now(),
      facts: () => this.#facts(),
      settleRest: () => this.tokens.settle(clock.now()),
      onPassed: (reason) => this.#settle(reason),
      onEvent,
    });
  }

  /** Whose session it is or was. */
  get owner(): string | null {
    return 'session' in this.#fact ? this.#fact.session.user.sub : null;
  }

  /** How often somebody has signed in: who was refused before the latest may try again. */
  get signIns(): number {
    return this.#signIns;
  }

  /** Resolves with the session of whoever is signed in; rejects where nobody is. */
  async present(signal?: AbortSignal): Promise<Session> {
    if (this.#fact.kind === 'unasked') await this.ask(false, signal);
    this.catchUp();
    const fact: SessionFact = this.#fact;
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
    const slept = this.#heedSleep();
    if (stirred || slept) {
      this.#inquiry.hurry();
      this.tokens.hurry();
    }
    if (this.#sessionDueAt() <= this.clock.now()) this.#inquiry.ask(this.#fact.kind !== 'unasked');
    if (this.#fact.kind === 'present') this.tokens.run();
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

  /** The session goes on from now; `null`: it is gone. */
  extended(session: Session | null): void {
    if (this.#fact.kind !== 'present') return;
    if (!session) return this.end('revoked');
    const at = this.clock.now();
    this.#fact = { ...this.#fact, session, extendedAt: at };
    this.publish();
    const { deadline } = this.store.snapshot;
    this.store.record({ type: 'session-extended', at, session, deadline });
    this.publish();
  }

  /** The session ended under the person's hands. */
  end(reason: EndReason): void {
    this.#settle(reason);
    this.publish();
  }

  /** The person has signed out here. */
  leave(): void {
    this.#drop({ kind: 'nobody', reason: 'signed-out' }, nobody());
    this.tokens.forgive();
    this.gate.cancel(nobody());
    this.publish();
  }

  /** After a sleep no deadline is believed to have passed until the source was asked. */
  #heedSleep(): boolean {
    const slept = this.clock.check();
    if (slept === 0) return false;
    this.#unverified = this.#fact.kind === 'present';
    this.store.record({ type: 'woke', at: this.clock.now(), slept });
    return true;
  }

  #begin(): void {
    this.#stopListening = [
      this.#env.onStir(() => this.look(true)),
      this.#source.subscribe?.((event) => this.#onSourceEvent(event)) ?? (() => {}),
      // Where the session ends with its token, somebody must know when that is.
      this.tokens.silent ? () => {} : this.tokens.use({}),
    ];
    this.look(false);
  }

  #halt(): void {
    for (const stop of this.#stopListening.splice(0)) stop();
    this.#inquiry.callOff();
    this.tokens.callOff();
    this.#inquiry.rejectAll(stopped());
    this.tokens.rejectAll(stopped());
    this.gate.cancel(stopped());
    this.#alarm.clear();
  }

  #setAlarm(): void {
    const isNeeded = this.lifecycle.running || this.#inquiry.awaited || this.tokens.awaited;
    if (!isNeeded) return this.#alarm.clear();
    const tokensDueAt = this.#fact.kind === 'present' ? this.tokens.dueAt : never;
    const changesAt = Math.min(this.store.wakeAt, this.tokens.wakeAt);
    this.#alarm.set(Math.min(changesAt, tokensDueAt, this.#sessionDueAt()));
  }

  #sessionDueAt(): Instant {
    const { fetching, awaited, failure } = this.#inquiry;
    if (fetching || (!this.#env.isOnline() && !awaited)) return never;
    if (failure) return failure.retryAt;
    return this.#fact.kind === 'unasked' || this.#unverified || awaited ? 0 : never;
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
      unverified: this.#unverified,
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

  /** Our reckoning of time was wrong. In doubt a token is taken for dead, a session for alive. */
  #shift({ surely, atMost }: Shift): void {
    if (atMost !== 0) this.tokens.shift(atMost);
    if (surely === 0 || this.#fact.kind !== 'present') return;
    const { since, extendedAt } = this.#fact;
    this.#fact = { ...this.#fact, since: since + surely, extendedAt: extendedAt + surely };
  }

  /** The source says who is signed in: because it was asked, after a sign-in here, or by itself. */
  #accept(session: Session, word: 'asked' | 'signed-in' | 'by-itself'): void {
    const before = this.#fact;
    const { owner } = this;
    const { sub } = session.user;
    const isSame = owner === sub;
    if (owner !== null && !isSame) this.tokens.rejectAll(userChanged());
    // Tokens of an earlier sign-in are not those of this one.
    if (word === 'signed-in' || !isSame) this.tokens.forget();
    this.#unverified = false;
    this.#fact =
      before.kind === 'present' && isSame
        ? { ...before, session }
        : present(session, this.clock.now());
    if (word !== 'asked' || before.kind !== 'present') {
      this.#signIns++;
      this.tokens.forgive();
      this.gate.open(sub);
    }
    this.look(false);
  }

  #onAnswer(session: Session | null): void {
    const word = this.#signIn === 'done' ? 'signed-in' : 'asked';
    if (this.#signIn === 'done') this.#signIn = 'none';
    if (session) return this.#accept(session, word);
    this.#unverified = false;
    if (this.#fact.kind === 'present') this.#settle('revoked');
    else if (this.#fact.kind === 'unasked') this.#fact = { kind: 'nobody', reason: null };
  }

  #onFailure(error: SessionError): void {
    if (error.retryable) return;
    if (needsLogin(error)) return this.#onAnswer(null);
    // It will not be answered: what is known has to do.
    this.#unverified = false;
    this.#signIn = 'none';
    if (this.#fact.kind === 'unasked') this.#fact = { kind: 'nobody', reason: null };
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

  #settle(reason: EndReason): void {
    if (this.#fact.kind !== 'present') return;
    const { session } = this.#fact;
    this.#drop({ kind: 'ended', session, reason }, sessionExpired());
  }

  #drop(fact: SessionFact, error: SessionError): void {
    this.#fact = fact;
    this.#unverified = false;
    this.tokens.rejectAll(error);
    this.tokens.forget();
    this.#inquiry.forget();
  }
}

function firstFact(initialSession: Session | null | undefined, now: Instant): SessionFact {
  if (initialSession === undefined) return { kind: 'unasked' };
  const session = readSession(initialSession, now, 'initialSession');
  return session ? present(session, now) : { kind: 'nobody', reason: null };
}

function present(session: Session, now: Instant): SessionFact {
  return { kind: 'present', session, since: now, extendedAt: now };
}

function nobody(): SessionError {
  return new SessionError('ERR_MISSING_SESSION', 'Nobody is signed in. Call login() first.');
}

function sessionExpired(): SessionError {
  return new SessionError('ERR_EXPIRED_SESSION', 'The session has ended. Call login() to go on.');
}

function stopped(): SessionError {
  return new SessionError(
    'ERR_LOGIN_CANCELLED',
    'The session client was stopped, and with it the calls that waited. Keep its provider mounted, or start it again.',
  );
}
