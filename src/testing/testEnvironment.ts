import type { Environment } from '../core/environment.js';
import type { TabChannel, TabLocks, TabStorage } from '../core/tabPlatform.js';

interface Timer {
  at: number;
  callback: () => void;
}

/** Runs work that a change of the environment causes, for example within React's `act`. */
export type RunWork = (work: () => Promise<void>) => Promise<void>;

/** A platform that a test controls: two clocks, timers, the network and the page's visibility. */
export class TestEnvironment implements Environment {
  wall: number;
  monotonic = 1_000;
  online = true;
  visible = true;
  fetch: typeof fetch = () =>
    Promise.reject(new TypeError('TestEnvironment has no fetch. Set its fetch property.'));
  /** Runs the timers and the listeners. */
  runWork: RunWork = (work) => work();
  readonly resumeListeners: Set<() => void> = new Set();
  readonly suspendListeners: Set<() => void> = new Set();
  readonly activityListeners: Set<() => void> = new Set();
  readonly timers: Set<Timer> = new Set();
  readonly openedAt: number;
  #random: () => number;

  constructor(start: number = Date.UTC(2026, 0, 1), random: () => number = () => 0.5) {
    this.wall = start;
    this.openedAt = start;
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
      throw new Error(`A browser would fire a timer of ${ms} ms at once. Split the delay.`);
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

  /** A page without other tabs, in a browser without Web Locks. */
  readonly locks: TabLocks | null = null;
  readonly storage: TabStorage | null = null;
  openChannel(_name: string, _onMessage: (message: unknown) => void): TabChannel | null {
    return null;
  }
  newTabId = (): string => this.#random().toString(36).slice(2);

  resume(): void {
    for (const listener of [...this.resumeListeners]) listener();
  }

  /** Simulates an input of the user. */
  simulateActivity(): void {
    for (const listener of [...this.activityListeners]) listener();
  }

  /** Advances both clocks, runs the timers in order and settles promises. */
  async advance(ms: number): Promise<void> {
    await this.runWork(settled);
    const end = this.monotonic + ms;
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      await this.runWork(() => this.#fire(next));
    }
    this.pass(end - this.monotonic);
    await this.runWork(settled);
  }

  /** The device sleeps: only the wall clock advances, and no timer runs. */
  sleep(ms: number): void {
    this.wall += ms;
  }

  protected pass(ms: number): void {
    this.wall += ms;
    this.monotonic += ms;
  }

  #fire(timer: Timer): Promise<void> {
    this.pass(Math.max(timer.at - this.monotonic, 0));
    this.timers.delete(timer);
    timer.callback();
    return settled();
  }
}

/** Waits until every promise that can settle has settled. */
export async function settled(): Promise<void> {
  for (let count = 0; count < 100; count++) await Promise.resolve();
}
