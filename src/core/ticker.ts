import type { Clock } from './clock.js';
import { callSafely } from './emitter.js';
import type { Environment } from './environment.js';

/** The one timer behind every visible counter. It runs while somebody looks and the page is visible. */
export class Ticker {
  readonly #env: Environment;
  readonly #clock: Clock;
  readonly #watchers = new Set<{ every: number; tick: () => void }>();
  #cancelTimer: (() => void) | null = null;
  #cancelStir: (() => void) | null = null;

  constructor(env: Environment, clock: Clock) {
    this.#env = env;
    this.#clock = clock;
  }

  /** Calls `tick` at least every `every` ms; returns how to stop. */
  watch(every: number, tick: () => void): () => void {
    const watcher = { every, tick };
    this.#watchers.add(watcher);
    this.#cancelStir ??= this.#env.onStir(() => this.#onStir());
    this.#arm();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      this.#disarm();
      this.#cancelStir?.();
      this.#cancelStir = null;
    };
  }

  #onStir(): void {
    this.#disarm();
    if (this.#env.isVisible()) this.#tick();
  }

  #tick(): void {
    for (const { tick } of [...this.#watchers]) callSafely(tick, undefined);
    this.#arm();
  }

  #arm(): void {
    this.#disarm();
    if (this.#watchers.size === 0 || !this.#env.isVisible()) return;
    const every = Math.min(...[...this.#watchers].map((watcher) => watcher.every));
    // To the next whole multiple, so that all counters turn over together.
    const wait = every - (this.#clock.now() % every);
    this.#cancelTimer = this.#env.setTimer(wait, () => this.#tick());
  }

  #disarm(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }
}
