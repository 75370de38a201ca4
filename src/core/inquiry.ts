import type { Query, QueryClient } from '@tanstack/react-query';
import type { Clock } from './clock.js';
import type { Environment } from './environment.js';
import { type SessionError, toSessionError } from './errors.js';
import { type Failure, Retry } from './retry.js';
import type { Instant } from './types.js';

/** Back-off, and what a lack of network means, are decided here: a query's own retries would double them. */
const forever = { retry: false, gcTime: Number.POSITIVE_INFINITY, networkMode: 'always' } as const;

/** Somebody who waits for an answer. */
interface Waiter<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  /** Whether this answer will do. */
  readonly accepts: (answer: Answer) => boolean;
  readonly giveUpAt: Instant;
}

export interface InquiryOptions<Answer> {
  queries: QueryClient;
  queryKey: readonly unknown[];
  env: Environment;
  clock: Clock;
  sourceName: string;
  /** How long a waiter rides out failures (ms). */
  patience: number;
  ask: (forceRefresh: boolean, signal: AbortSignal) => Promise<Answer>;
  /** Called when a flight starts, and after it ended. */
  onChange: () => void;
  onAnswer: (answer: Answer, before: Answer | undefined) => void;
  onFailure: (error: SessionError) => void;
}

/**
 * One question to the source: one flight at a time for all who wait, its latest answer and failure,
 * and when it is asked again. The answer and the flight live in a query of the private QueryClient.
 */
export class Inquiry<Answer> {
  readonly #options: InquiryOptions<Answer>;
  readonly #query: Query<Answer>;
  readonly #waiters = new Set<Waiter<Answer>>();
  readonly #retry: Retry;
  /** The flight that counts; one that was called off finds another here, or none. */
  #flight: { forced: boolean } | null = null;

  constructor(options: InquiryOptions<Answer>) {
    this.#options = options;
    this.#retry = new Retry(options.env, options.clock);
    this.#query = options.queries
      .getQueryCache()
      .build<Answer, Error, Answer, readonly unknown[]>(options.queries, {
        queryKey: options.queryKey,
        ...forever,
      }) as Query<Answer>;
  }

  get answer(): Answer | undefined {
    return this.#query.state.data;
  }

  get failure(): Failure | null {
    return this.#retry.failure;
  }

  get fetching(): boolean {
    return this.#flight !== null;
  }

  get awaited(): boolean {
    return this.#waiters.size > 0;
  }

  /** Waits for an answer that `accepts`, riding out failures as long as patience lasts. */
  wait(accepts: (answer: Answer) => boolean, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiters.delete(waiter);
        reject(signal?.reason);
      };
      const settled = (): void => signal?.removeEventListener('abort', giveUp);
      const waiter: Waiter<Answer> = {
        accepts,
        giveUpAt: this.#options.clock.now() + this.#options.patience,
        resolve: (answer) => (settled(), resolve(answer)),
        reject: (error) => (settled(), reject(error)),
      };
      if (signal?.aborted) return giveUp();
      signal?.addEventListener('abort', giveUp);
      this.#waiters.add(waiter);
      if (!this.failure) return;
      this.#dismissImpatient();
      // Who still waits, waits for the next attempt: somebody must set the alarm for it.
      this.#options.onChange();
    });
  }

  /** Asks now, unless it is being asked, or a failure's time is not yet over. */
  ask(forceRefresh: boolean): void {
    if (this.#flight) return;
    if (this.failure && this.#options.clock.now() < this.failure.retryAt) return;
    void this.#fly(forceRefresh);
  }

  /** The person may be back: a pending retry is brought forward. */
  hurry(): void {
    this.#retry.hurry();
  }

  /** Takes an answer that came by another way. A flight goes on: its request may be under way. */
  adopt(answer: Answer): void {
    const before = this.answer;
    this.amend(answer);
    this.#retry.clear();
    this.#options.onAnswer(answer, before);
    this.#satisfy(answer, false);
    this.#options.onChange();
  }

  /** Corrects the answer in hand. */
  amend(answer: Answer): void {
    this.#query.setData(answer, { manual: true });
  }

  /** The failure is history, say because the person has signed in; a server's named time is not. */
  forgive(): void {
    this.#retry.forgive();
  }

  /** Forgets the answer and calls off the flight; who waits goes on waiting. A refusal stays known. */
  forget(): void {
    this.callOff();
    if (this.failure?.error.retryable) this.#retry.clear();
    this.#query.setState({ data: undefined as Answer, status: 'pending' });
  }

  /** Sends away all who wait. */
  rejectAll(error: unknown): void {
    for (const waiter of [...this.#waiters]) this.#dismiss(waiter, error);
  }

  async #fly(forced: boolean): Promise<void> {
    const { onChange, onAnswer, onFailure, sourceName } = this.#options;
    const flight = { forced };
    const before = this.answer;
    this.#flight = flight;
    this.#retry.begin();
    onChange();
    // Who was told of it may have ended the session.
    if (this.#flight !== flight) return;
    try {
      const answer = await this.#query.fetch({
        queryKey: this.#query.queryKey,
        queryFn: ({ signal }) => this.#options.ask(forced, signal),
        ...forever,
      });
      if (this.#flight !== flight) return;
      this.#flight = null;
      this.#retry.clear();
      onAnswer(answer, before);
      this.#satisfy(answer, forced);
    } catch (thrown) {
      if (this.#flight !== flight) return;
      this.#flight = null;
      const error = toSessionError(thrown, sourceName);
      this.#retry.fail(error, !error.retryable);
      onFailure(error);
      this.#dismissImpatient();
    }
    onChange();
  }

  /** Calls off the flight; who waits goes on waiting. */
  callOff(): void {
    this.#flight = null;
    void this.#query.cancel({ silent: true, revert: true });
  }

  #satisfy(answer: Answer, final: boolean): void {
    for (const waiter of [...this.#waiters]) {
      if (!final && !waiter.accepts(answer)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(answer);
    }
  }

  #dismissImpatient(): void {
    const { failure } = this;
    if (!failure || this.#flight) return;
    for (const waiter of [...this.#waiters]) {
      if (failure.retryAt > waiter.giveUpAt) this.#dismiss(waiter, failure.error);
    }
  }

  #dismiss(waiter: Waiter<Answer>, error: unknown): void {
    this.#waiters.delete(waiter);
    waiter.reject(error);
  }
}
