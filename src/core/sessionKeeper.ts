import type { AccessTokens } from './accessTokens.js';
import type { Clock } from './clock.js';
import { nobody, sessionExpired, stopped } from './endings.js';
import type { Environment } from './environment.js';
import { needsLogin } from './errors.js';
import type { Extension } from './extension.js';
import type { Lifecycle } from './lifecycle.js';
import type { LoginGate } from './loginGate.js';
import type { SessionClientOptions } from './options.js';
import { PageLife } from './pageLife.js';
import { assemble, type Parts } from './parts.js';
import { sourcePolicy } from './policy.js';
import type { EndReason, SessionEvent } from './snapshot.js';
import type { SnapshotStore } from './snapshotStore.js';
import type { SourceCalls } from './sourceCalls.js';
import type { Session } from './types.js';

/** The only writer: keeps the facts of the two clocks, and asks when it is time to ask. */
export class SessionKeeper {
  readonly clock: Clock;
  readonly calls: SourceCalls;
  readonly tokens: AccessTokens;
  readonly extension: Extension;
  readonly gate: LoginGate;
  readonly store: SnapshotStore;
  readonly lifecycle: Lifecycle;
  readonly #parts: Parts;
  readonly #pageLife: PageLife;

  constructor(options: SessionClientOptions, env: Environment) {
    const parts = assemble(options, env, {
      isRunning: () => this.lifecycle.running,
      look: () => this.look(false),
      publish: () => this.publish(),
      present: () => this.present(),
      onTokenEvent: (event) => this.#onTokenEvent(event),
    });
    const { source, policy = sourcePolicy } = options;
    const lookAround = (stirred: boolean): void => this.look(stirred);
    this.#parts = parts;
    this.#pageLife = new PageLife({ ...parts, source, policy, lookAround });
    this.lifecycle = this.#pageLife.lifecycle;
    this.clock = parts.clock;
    this.calls = parts.calls;
    this.tokens = parts.tokens;
    this.extension = parts.extension;
    this.gate = parts.gate;
    this.store = parts.store;
  }

  /** Whose session it is or was. */
  get owner(): string | null {
    return this.#parts.record.owner;
  }

  /** How often somebody has signed in: who was refused before the latest may try again. */
  get signIns(): number {
    return this.#parts.record.signIns;
  }

  /** Resolves with the session of whoever is signed in; rejects where nobody is. */
  async present(signal?: AbortSignal): Promise<Session> {
    const { record, siblings, signing } = this.#parts;
    const { stops } = this.lifecycle;
    await siblings.greeted;
    if (stops !== this.lifecycle.stops) throw stopped();
    const isUnsure = signing.act === 'signed-in';
    if (isUnsure || record.fact.kind === 'unasked') await this.ask(isUnsure, signal);
    this.catchUp();
    const { fact } = record;
    if (fact.kind === 'present') return fact.session;
    throw fact.kind === 'ended' ? sessionExpired() : nobody();
  }

  /** Asks the source who is signed in, and waits for the answer. */
  ask(forceRefresh: boolean, signal?: AbortSignal): Promise<Session | null> {
    const { inquiry } = this.#parts;
    const answer = inquiry.wait(() => true, signal);
    inquiry.ask(forceRefresh);
    return answer;
  }

  /** A late alarm must not let a dead session look alive. */
  catchUp(): void {
    if (this.clock.now() >= this.store.wakeAt) this.look(false);
  }

  /** The alarm rang, or the person may be back: look at the clock, and do what is due. */
  look(stirred: boolean): void {
    const { agenda, attendance, extension, inquiry, record, tokens } = this.#parts;
    if (attendance.isSuspended && !stirred) return;
    const slept = this.#pageLife.heedSleep();
    if (stirred || slept) {
      inquiry.hurry();
      tokens.hurry();
      extension.hurry();
    }
    this.#pageLife.heedAbsence(stirred);
    if (agenda.sessionDueAt <= this.clock.now()) inquiry.ask(record.fact.kind !== 'unasked');
    if (agenda.isSettled) {
      tokens.run();
      extension.run();
    }
    this.publish();
  }

  publish(): void {
    this.#pageLife.heedSleep();
    this.store.publish();
    this.#parts.agenda.plan();
  }

  /** Has the person sign in by `login`, and asks the source who it was. */
  signIn(login: () => Promise<void>): Promise<void> {
    return this.#parts.signing.signIn(login, () => this.ask(true));
  }

  /** The session ended under the person's hands. */
  end(reason: EndReason): void {
    this.#parts.ending.settle(reason);
    this.publish();
  }

  /** Signs the person out here by `logout`. */
  async signOut(logout: () => Promise<void>): Promise<void> {
    await this.#parts.signing.signOut(logout);
    this.publish();
  }

  #onTokenEvent(event: SessionEvent): void {
    const { gate, inquiry, store } = this.#parts;
    store.record(event);
    // A token has come by another way, say a sign-in in another tab: who waits for one goes on.
    if (event.type === 'access-token-refreshed' && gate.pending && this.owner !== null) {
      gate.openForToken();
    }
    // Where no token is to be had, the source is asked whether anybody is there at all.
    if (event.type === 'access-token-refresh-failed' && needsLogin(event.error)) inquiry.ask(true);
  }
}
