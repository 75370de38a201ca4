import { toMs } from '../duration.js';
import type { Environment } from '../environment.js';
import type { Duration } from '../types.js';
import { callSafely } from './listeners.js';
import type { SessionClient } from './sessionClient.js';

const tickers = new WeakMap<SessionClient, Ticker>();

/**
 * Calls `tick` at least every `every` while the page is visible; one timer serves all subscribers of a
 * client. Throws a `TypeError` for a bad duration. Returns how to stop.
 */
export function subscribeToClock(
  client: SessionClient,
  every: Duration,
  tick: () => void,
): () => void {
  const ms = toMs(every, 'every');
  const ticker = tickers.get(client) ?? new Ticker(client);
  tickers.set(client, ticker);
  return ticker.watch(ms, tick);
}

/** The one timer behind every visible counter. It runs while there is a subscriber and the page is visible. */
class Ticker {
  readonly #client: SessionClient;
  readonly #env: Environment;
  readonly #watchers = new Set<{ every: number; tick: () => void }>();
  #cancelTimer: () => void = () => {};
  #stopListening: (() => void) | null = null;

  constructor(client: SessionClient) {
    this.#client = client;
    this.#env = client.environment;
  }

  /** `every` in ms. */
  watch(every: number, tick: () => void): () => void {
    const watcher = { every, tick };
    this.#watchers.add(watcher);
    this.#stopListening ??= this.#env.onResume(() => this.#resume());
    this.#setTimer();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
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
    for (const { tick } of [...this.#watchers]) callSafely(tick, undefined);
    this.#setTimer();
  }

  #setTimer(): void {
    this.#cancelTimer();
    if (this.#watchers.size === 0 || !this.#env.isVisible()) return;
    const every = Math.min(...[...this.#watchers].map((watcher) => watcher.every));
    // To the next whole multiple, so that all counters change together.
    const wait = every - (this.#client.now() % every);
    this.#cancelTimer = this.#env.setTimer(wait, () => this.#tick());
  }
}
