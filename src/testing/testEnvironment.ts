import type { Environment, TabChannel, TabLocks, TabStorage } from '../core/environment.js';

interface Timer {
  at: number;
  callback: () => void;
}

/** Does a piece of work, say within React's `act`. */
export type Around = (work: () => Promise<void>) => Promise<void>;

/** A world under a test's thumb: two clocks, timers, a network and a screen. */
export class TestEnvironment implements Environment {
  wall: number;
  monotonic = 1_000;
  online = true;
  visible = true;
  fetch: typeof fetch = () => Promise.reject(new TypeError('this world has no fetch'));
  /** What time does, it does within this. */
  around: Around = (work) => work();
  readonly resumeListeners: Set<() => void> = new Set();
  readonly suspendListeners: Set<() => void> = new Set();
  readonly activityListeners: Set<() => void> = new Set();
  readonly timers: Set<Timer> = new Set();
  #random: () => number;

  constructor(start: number = Date.UTC(2026, 0, 1), random: () => number = () => 0.5) {
    this.wall = start;
    this.#random = random;
  }

  wallNow = (): number => this.wall;
  monotonicNow = (): number => this.monotonic;
  random = (): number => this.#random();
  isOnline(): boolean {
    return this.online;
  }
  isVisible(): boolean {
    return this.visible;
  }

  setTimer = (ms: number, callback: () => void): (() => void) => {
    if (!(ms >= 0 && ms < 2 ** 31))
      throw new Error(`a timer of ${ms} ms rings at once in a browser`);
    const timer = { at: this.monotonic + ms, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  onResume(listener: () => void): () => void {
    this.resumeListeners.add(listener);
    return () => this.resumeListeners.delete(listener);
  }

  onSuspend = (listener: () => void): (() => void) => {
    this.suspendListeners.add(listener);
    return () => this.suspendListeners.delete(listener);
  };

  onActivity(listener: () => void): () => void {
    this.activityListeners.add(listener);
    return () => this.activityListeners.delete(listener);
  }

  /** A page that is alone, in a browser without Web Locks. */
  readonly locks: TabLocks | null = null;
  readonly storage: TabStorage | null = null;
  openChannel(_name: string, _onMessage: (message: unknown) => void): TabChannel | null {
    return null;
  }
  newTabId = (): string => this.#random().toString(36).slice(2);

  resume(): void {
    for (const listener of [...this.resumeListeners]) listener();
  }

  /** A person moves the pointer. */
  touch(): void {
    for (const listener of [...this.activityListeners]) listener();
  }

  /** Time passes as it does on a desk: both clocks run, timers ring, promises settle. */
  async advance(ms: number): Promise<void> {
    await this.around(settled);
    const end = this.monotonic + ms;
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      await this.around(() => this.#ring(next));
    }
    this.pass(end - this.monotonic);
    await this.around(settled);
  }

  /** The device sleeps: only the wall clock runs, and no timer does. */
  sleep(ms: number): void {
    this.wall += ms;
  }

  protected pass(ms: number): void {
    this.wall += ms;
    this.monotonic += ms;
  }

  #ring(timer: Timer): Promise<void> {
    this.pass(Math.max(timer.at - this.monotonic, 0));
    this.timers.delete(timer);
    timer.callback();
    return settled();
  }
}

/** Lets every promise that can settle do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
