import { QueryClient } from '@tanstack/react-query';
import { AccessTokens } from './accessTokens.js';
import { Alarm } from './alarm.js';
import { readAccessToken, readSession } from './answers.js';
import { Clock, clockSettingFetch } from './clock.js';
import type { Facts, SessionFact } from './derive.js';
import type { Environment } from './environment.js';
import { needsLogin, SessionError } from './errors.js';
import { Inquiry } from './inquiry.js';
import { LoginGate, userChanged } from './loginGate.js';
import { readRefreshOptions, type SessionClientOptions } from './options.js';
import { sourcePolicy } from './policy.js';
import { SnapshotStore } from './snapshotStore.js';
import { SourceCalls } from './sourceCalls.js';
import type {
  AccessToken,
  AccessTokenRequest,
  Connection,
  EndReason,
  Instant,
  Session,
  SessionSource,
  SourceEvent,
} from './types.js';

const never = Number.POSITIVE_INFINITY;

/** Keeps the facts of the two clocks, asks when it is time to ask, and tells what changed. */
export class SessionKeeper {
  readonly source: SessionSource;
  readonly clock: Clock;
  readonly calls: SourceCalls;
  readonly tokens: AccessTokens;
  readonly gate: LoginGate;
  readonly store: SnapshotStore;
  readonly #env: Environment;
  readonly #alarm: Alarm;
  readonly #inquiry: Inquiry<Session | null>;
  #fact: SessionFact;
  /** The device slept, and the source was not asked since. */
  #unverified = false;
  /** From the call of the source's `login` to the first answer after it. */
  #signingIn = false;
  #signIns = 0;
  #starts = 0;
  #running: (() => void)[] | null = null;

  constructor(options: SessionClientOptions, env: Environment) {
    const { source, policy = sourcePolicy, initialSession, onEvent } = options;
    const { window, timeout, patience } = readRefreshOptions(options.refresh);
    const clock = new Clock(env);
    const now = (): Instant => clock.now();
    const fetch = clockSettingFetch(env, clock, (shift) => this.#shift(shift));
    const onChange = (): void => this.publish();
    const asked = {
      queries: new QueryClient(),
      env,
      clock,
      sourceName: source.name,
      patience,
      onChange,
    };
    this.source = source;
    this.clock = clock;
    this.#env = env;
    this.#alarm = new Alarm(env, clock, () => this.look(false));
    this.calls = new SourceCalls({ source, env, fetch, timeout, now });
    this.#inquiry = new Inquiry<Session | null>({
      ...asked,
      queryKey: ['session'],
      ask: (force, signal) => this.#askSession(force, signal),
      onAnswer: (session) => this.#onAnswer(session),
      onFailure: (error) => this.#onFailure(error),
    });
    this.tokens = new AccessTokens({
      ...asked,
      window,
      silent: !(policy.kind === 'absolute' && policy.lifetime === 'access-token'),
      ask: (request, force, signal) => this.#askToken(request, force, signal),
      emit: (event) => this.store.emit(event),
    });
    this.gate = new LoginGate(onChange);
    this.#fact = firstFact(initialSession, clock.now());
    this.store = new SnapshotStore({
      policy,
      now,
      facts: () => this.#facts(),
      onDerived: () => this.tokens.settle(clock.now()),
      onPassed: (reason) => this.#settle(reason),
      onEvent,
    });
  }

  /** Whose session it is or was. */
  get owner(): string | null {
    return 'session' in this.#fact ? this.#fact.session.user.sub : null;
  }

  /** How often somebody has signed in: whoever was refused before the latest may try again. */
  get signIns(): number {
    return this.#signIns;
  }

  start(): void {
    this.#starts++;
    // A moment later, so that StrictMode's start, stop, start is one start.
    queueMicrotask(() => this.#startOrStop());
  }

  stop(): void {
    this.#starts--;
    queueMicrotask(() => this.#startOrStop());
  }

  /** Resolves with the session of whoever is signed in; rejects where nobody is. */
  async present(signal?: AbortSignal): Promise<Session> {
    if (this.#fact.kind === 'unasked') await this.ask(false, signal);
    if (this.clock.now() >= this.store.wakeAt) this.look(false);
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

  /** The alarm rang, or the person may be back: look at the clock, and do what is due. */
  look(stirred: boolean): void {
    const slept = this.clock.check();
    if (slept > 0) {
      this.#unverified = this.#fact.kind === 'present';
      this.store.emit({ type: 'woke', at: this.clock.now(), slept });
    }
    if (stirred || slept > 0) {
      this.#inquiry.hurry();
      this.tokens.hurry();
    }
    if (this.#sessionDueAt() <= this.clock.now()) this.#inquiry.ask(this.#fact.kind !== 'unasked');
    if (this.#fact.kind === 'present') this.tokens.run();
    this.publish();
  }

  publish(): void {
    this.store.publish();
    this.#setAlarm();
  }

  /** The session goes on from now; `null`: it is gone. */
  extended(session: Session | null): void {
    if (this.#fact.kind !== 'present') return;
    if (!session) return this.end('revoked');
    const at = this.clock.now();
    this.#fact = { ...this.#fact, session, extendedAt: at };
    this.publish();
    const { deadline } = this.store.snapshot;
    this.store.emit({ type: 'session-extended', at, session, deadline });
  }

  /** The session ended under the person's hands. */
  end(reason: EndReason): void {
    if (this.#fact.kind !== 'present') return;
    this.#settle(reason);
    this.publish();
  }

  /** The person has signed out here. */
  leave(): void {
    this.#forget({ kind: 'nobody', reason: 'signed-out' }, nobody());
    this.tokens.forgive();
    this.gate.cancel(nobody());
    this.publish();
  }

  /** Has the person sign in by `login`, and asks the source who it was. */
  async signIn(login: () => Promise<void>): Promise<void> {
    this.#signingIn = true;
    try {
      await login();
    } catch (error) {
      this.#signingIn = false;
      throw error;
    }
    // The answers from before say nothing of what comes now.
    this.#inquiry.forget();
    this.#inquiry.forgive();
    if (!(await this.ask(true))) throw nobody();
  }

  #startOrStop(): void {
    if (this.#starts > 0 && !this.#running) this.#begin();
    else if (this.#starts === 0 && this.#running) this.#halt();
  }

  #begin(): void {
    const heed = (event: SourceEvent): void => this.#onSourceEvent(event);
    this.#running = [
      this.#env.onStir(() => this.look(true)),
      this.source.subscribe?.(heed) ?? (() => {}),
      // Where the session ends with its token, somebody must know when that is.
      this.tokens.silent ? () => {} : this.tokens.use({}),
    ];
    this.look(false);
  }

  #halt(): void {
    for (const stop of this.#running ?? []) stop();
    this.#running = null;
    this.#inquiry.callOff();
    this.tokens.callOff();
    this.#inquiry.rejectAll(stopped());
    this.tokens.rejectAll(stopped());
    this.gate.cancel(stopped());
    this.#alarm.clear();
  }

  #setAlarm(): void {
    if (!this.#running && !this.#inquiry.awaited && !this.tokens.awaited)
      return this.#alarm.clear();
    const tokensDueAt = this.#fact.kind === 'present' ? this.tokens.nextDue() : never;
    this.#alarm.set(
      Math.min(this.store.wakeAt, this.tokens.wakeAt, tokensDueAt, this.#sessionDueAt()),
    );
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
    if (this.source.extend) return true;
    return this.#fact.kind === 'present' && this.#fact.session.expiresAt === undefined;
  }

  async #askSession(forceRefresh: boolean, signal: AbortSignal): Promise<Session | null> {
    const answer = await this.calls.ask(
      (context) => this.source.getSession(context),
      forceRefresh,
      signal,
    );
    return readSession(answer, this.clock.now(), this.source.name);
  }

  async #askToken(
    request: AccessTokenRequest,
    forceRefresh: boolean,
    signal: AbortSignal,
  ): Promise<AccessToken> {
    const { source } = this;
    if (!source.getAccessToken) {
      throw new SessionError(
        'ERR_NOT_SUPPORTED',
        `The source "${source.name}" has no access tokens. Call your API with the session's cookie, or use another source.`,
      );
    }
    const ask = source.getAccessToken.bind(source, request);
    const answer = await this.calls.ask(ask, forceRefresh, signal);
    const token = readAccessToken(answer, this.clock.now(), source.name);
    this.#learnFromToken(token, forceRefresh);
    return token;
  }

  /** No token is issued in the future; and one made for us just now cannot be dead. */
  #learnFromToken({ issuedAt, expiresAt }: AccessToken, forceRefresh: boolean): void {
    if (issuedAt === undefined) return;
    const now = this.clock.now();
    const deadOnArrival = forceRefresh && expiresAt !== undefined && expiresAt <= now;
    if (issuedAt > now || (deadOnArrival && !this.clock.toldByServer)) {
      this.#shift(this.clock.learn(issuedAt, 1_000));
    }
  }

  /** Our reckoning of time was wrong: what was reckoned by it moves along. */
  #shift(shift: number): void {
    if (shift === 0) return;
    this.tokens.shift(shift);
    if (this.#fact.kind !== 'present') return;
    const { since, extendedAt } = this.#fact;
    this.#fact = { ...this.#fact, since: since + shift, extendedAt: extendedAt + shift };
  }

  /** The source says who is signed in: because it was asked, after a sign-in here, or by itself. */
  #accept(session: Session, word: 'asked' | 'signed-in' | 'by-itself'): void {
    const before = this.#fact;
    const now = this.clock.now();
    const owner = this.owner;
    const { sub } = session.user;
    if (owner !== null && owner !== sub) {
      this.tokens.rejectAll(userChanged());
    }
    // Tokens of an earlier sign-in are not those of this one.
    if (word === 'signed-in' || owner !== sub) this.tokens.forget();
    this.#unverified = false;
    this.#fact =
      before.kind === 'present' && owner === sub
        ? { ...before, session }
        : { kind: 'present', session, since: now, extendedAt: now };
    if (word !== 'asked' || before.kind !== 'present') {
      this.#signIns++;
      this.tokens.forgive();
      this.gate.open(sub);
    }
    this.look(false);
  }

  #onAnswer(session: Session | null): void {
    const signedIn = this.#signingIn;
    this.#signingIn = false;
    if (session) return this.#accept(session, signedIn ? 'signed-in' : 'asked');
    this.#unverified = false;
    if (this.#fact.kind === 'present') this.end('revoked');
    else if (this.#fact.kind === 'unasked') this.#fact = { kind: 'nobody', reason: null };
  }

  #onFailure(error: SessionError): void {
    if (needsLogin(error)) this.#onAnswer(null);
    if (error.retryable) return;
    this.#unverified = false;
    if (this.#fact.kind === 'unasked') this.#fact = { kind: 'nobody', reason: null };
  }

  #onSourceEvent(event: SourceEvent): void {
    if (event.type === 'revoked') return this.end('revoked');
    // While a person signs in, the answer that follows tells it better.
    if (this.#signingIn) return;
    const session = readSession(event.session, this.clock.now(), this.source.name);
    if (session) return this.#accept(session, 'by-itself');
    this.#onAnswer(null);
    this.publish();
  }

  #settle(reason: EndReason): void {
    if (this.#fact.kind !== 'present') return;
    const { session } = this.#fact;
    this.#forget({ kind: 'ended', session, reason }, sessionExpired());
  }

  #forget(fact: SessionFact, error: SessionError): void {
    this.#fact = fact;
    this.#unverified = false;
    this.tokens.rejectAll(error);
    this.tokens.forget();
    this.#inquiry.callOff();
  }
}

function firstFact(initialSession: Session | null | undefined, now: Instant): SessionFact {
  if (initialSession === undefined) return { kind: 'unasked' };
  const session = readSession(initialSession, now, 'initialSession');
  if (!session) return { kind: 'nobody', reason: null };
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
    'The session client was stopped, so the call that waited for it is over. Start the client, or keep its provider mounted.',
  );
}
