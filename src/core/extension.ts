import { watchActivity } from './activity.js';
import type { Clock } from './clock.js';
import { sessionExpired } from './endings.js';
import type { Environment } from './environment.js';
import { needsLogin, SessionError } from './errors.js';
import { once } from './once.js';
import { Retry } from './retry.js';
import type { Deadline, Snapshot } from './snapshot.js';
import type { SourceCalls } from './sourceCalls.js';
import type { Stamp } from './stamp.js';
import type { Instant, Session } from './types.js';

const never = Number.POSITIVE_INFINITY;
/** While a person is active the session is extended no more often than this (ms). */
const longestInterval = 60_000;

/**
 * When an active person's session is extended: once a minute, and in the first third of a life that
 * is shorter than three, so that a failing server is asked again long before the end.
 */
export function extensionDueAt(
  deadline: Deadline | null,
  extendedAt: Instant,
  activeAt: Instant,
): Instant {
  if (deadline?.kind !== 'idle' || activeAt <= extendedAt) return never;
  const interval = Math.min(longestInterval, (deadline.at - extendedAt) / 3);
  return Math.max(activeAt, extendedAt + interval);
}

export interface ExtensionOptions {
  env: Environment;
  clock: Clock;
  calls: SourceCalls;
  snapshot: () => Snapshot;
  /** When the session was last extended. */
  extendedAt: () => Instant;
  /** The session of whoever is signed in; rejects where nobody is. */
  present: () => Promise<Session>;
  /** Of the latest sign-in. */
  signIn: () => Stamp;
  /** The source refuses: it is to be asked whether anybody is there. */
  onRefused: () => void;
  /** The session goes on from `at`; `null`: it is gone. */
  onExtended: (session: Session | null, at: Instant) => void;
  /** The person has given a sign. */
  onSign: () => void;
}

/** Keeps a rolling session going, at a person's wish or because they are active. */
export class Extension {
  readonly #options: ExtensionOptions;
  #flight: Promise<void> | null = null;
  #activeAt: Instant = Number.NEGATIVE_INFINITY;
  readonly #retry: Retry;
  #prompts = 0;

  constructor(options: ExtensionOptions) {
    this.#options = options;
    this.#retry = new Retry(options.env, options.clock);
  }

  /** One flight for all who ask. Rejects with a `SessionError` where the session cannot be extended. */
  extend(): Promise<void> {
    this.#flight ??= this.#extend().finally(() => {
      this.#flight = null;
    });
    return this.#flight;
  }

  /** Something on the page asks the person before the end: from then on only their answer counts. */
  addPrompt(): () => void {
    this.#prompts++;
    return once(() => {
      this.#prompts--;
    });
  }

  watch(): () => void {
    const { env, clock, onSign, snapshot } = this.#options;
    return watchActivity(env, () => {
      const { deadline } = snapshot();
      // Too late: only the source can say that the session is still there.
      if (!deadline || clock.now() >= deadline.at) return;
      this.#activeAt = clock.now();
      onSign();
    });
  }

  /** When an active person's session is to be extended next. */
  dueAt(): Instant {
    const { extendedAt, snapshot } = this.#options;
    const { status, deadline } = snapshot();
    const { retryAt } = this.#retry.failure ?? { retryAt: 0 };
    if (this.#flight || (status === 'expiring' && this.#prompts > 0)) return never;
    return Math.max(extensionDueAt(deadline, extendedAt(), this.#activeAt), retryAt);
  }

  /** The person was active, and the source could not be told of it. */
  get hasUntoldActivity(): boolean {
    return this.#retry.failure !== null && this.#activeAt > this.#options.extendedAt();
  }

  /** The source says that the session is there, though its end has passed for want of an extension. */
  countUntoldActivity(): void {
    const { clock, onExtended, snapshot } = this.#options;
    const { session, deadline } = snapshot();
    if (!this.hasUntoldActivity || deadline?.kind !== 'idle' || clock.now() < deadline.at) return;
    onExtended(session, this.#activeAt);
  }

  /** The person may be back, or the network. */
  hurry(): void {
    this.#retry.hurry();
  }

  /** Extends, where that is due. */
  run(): void {
    const { calls, clock } = this.#options;
    if (clock.now() < this.dueAt()) return;
    if (!calls.canExtend) return this.countActivity();
    this.#retry.begin();
    // Even what was refused is tried again with the next sign of the person.
    this.extend().catch((error: SessionError) => this.#retry.fail(error, false));
  }

  /** Where nobody but us counts the idle time, it begins again with the latest sign. */
  countActivity(): void {
    const { calls, extendedAt, onExtended, snapshot } = this.#options;
    const { session, deadline } = snapshot();
    if (calls.canExtend || deadline?.kind !== 'idle') return;
    if (this.#activeAt > extendedAt()) onExtended(session, this.#activeAt);
  }

  async #extend(): Promise<void> {
    const { calls, clock, onExtended, present, signIn, snapshot } = this.#options;
    const session = await present();
    const before = signIn();
    const { canExtend, deadline } = snapshot();
    // After a sleep it is not over before the source has said so; nor does it go on by our word alone.
    if (!calls.canExtend && deadline && clock.now() >= deadline.at) throw sessionExpired();
    if (!canExtend) {
      throw new SessionError(
        'ERR_NOT_SUPPORTED',
        'This session cannot be extended: its end does not move. Offer a new sign-in instead.',
      );
    }
    const answer = calls.canExtend ? await this.#ask() : session;
    // An answer that comes after another sign-in says nothing of it.
    if (signIn() === before) onExtended(answer, clock.now());
    this.#retry.clear();
    // Where the answer was that it is gone, this says so.
    await present();
  }

  async #ask(): Promise<Session | null> {
    const { calls, onRefused } = this.#options;
    try {
      return await calls.extend();
    } catch (error) {
      if (needsLogin(error)) onRefused();
      throw error;
    }
  }
}
