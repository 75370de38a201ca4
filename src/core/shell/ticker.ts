import { toMs } from '../duration.js';
import type { Environment } from '../environment.js';
import type { Duration } from '../types.js';
import { callSafely } from './listeners.js';
import type { SessionClient } from './sessionClient.js';

const tickers = new WeakMap<SessionClient, Ticker>();

/**
 * Calls `tick` at least once per interval `every` while the page is visible; all subscribers of a client share one
 * timer. Returns a function that stops this. Throws a `TypeError` for an invalid duration.
 */
export function subscribeToClock(
  client: SessionClient,
  every: Duration,
  tick: () => void,
): () => void {
  const ms = toMs(every, 'every');
  const ticker = tickers.get(client) ?? new Ticker(client);
  tickers.set(client, ticker);
  return ticker.subscribe(ms, tick);
}

/** The timer of all counters of a client. It runs while it has a subscriber and the page is visible. */
class Ticker {
  readonly #client: SessionClient;
  readonly #env: Environment;
  readonly #subscribers = new Set<{ every: number; tick: () => void }>();
  #cancelTimer: () => void = () => {};
  #stopListening: (() => void) | null = null;

  constructor(client: SessionClient) {
    this.#client = client;
    this.#env = client.environment;
  }

  /** `every` in ms. */
  subscribe(every: number, tick: () => void): () => void {
    const subscriber = { every, tick };
    this.#subscribers.add(subscriber);
    this.#stopListening ??= this.#env.onResume(() => this.#resume());
    this.#setTimer();
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size > 0) return;
      this.#cancelTimer();
      this.#stopListening?.();
      this.#stopListening = null;
    };
  }

  #resume(): void {
    this.#cancelTimer();
    if (this.#env.isVisible()) this.#tick();
  }

  #tick(): void {
    for (const { tick } of [...this.#subscribers]) callSafely(tick, undefined);
    this.#setTimer();
  }

  #setTimer(): void {
    this.#cancelTimer();
    if (this.#subscribers.size === 0 || !this.#env.isVisible()) return;
    const every = Math.min(...[...this.#subscribers].map((subscriber) => subscriber.every));
    // Until the next multiple of `every`, so that all counters change at the same time.
    const wait = every - (this.#client.now() % every);
    this.#cancelTimer = this.#env.setTimer(wait, () => this.#tick());
  }
}
