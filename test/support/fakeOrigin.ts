import type { TabChannel, TabLocks, TabStorage } from '../../src/core/environment.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';

interface Turn {
  name: string;
  tab: FakeTab;
  signal: AbortSignal;
  start: () => void;
  giveUp: () => void;
}

interface Ear {
  name: string;
  tab: FakeTab;
  onMessage: (message: unknown) => void;
}

/**
 * The tabs of one browser on one device: they share its clocks and timers, its locks and a channel,
 * and each is seen or hidden, frozen or closed, by itself.
 */
export class FakeOrigin {
  readonly device: TestEnvironment;
  readonly tabs: Set<FakeTab> = new Set();
  /** What becomes of a message: it comes after so many ms, or is lost. */
  fate: () => number | 'lost' = () => 0;
  /** Every message, as it was posted. */
  readonly posted: unknown[] = [];
  /** As `localStorage`, unless the browser blocks it. */
  blocksStorage = false;
  readonly storage: Map<string, string> = new Map();
  readonly #held = new Map<string, FakeTab>();
  readonly #waiting: Turn[] = [];
  readonly #ears = new Set<Ear>();
  #count = 0;

  constructor(
    random: () => number = () => 0.5,
    device: TestEnvironment = new TestEnvironment(undefined, random),
  ) {
    this.device = device;
  }

  open(): FakeTab {
    const tab = new FakeTab(this, `tab-${this.#count++}`);
    this.tabs.add(tab);
    return tab;
  }

  advance(ms: number): Promise<void> {
    return this.device.advance(ms);
  }

  hold<Result>(
    tab: FakeTab,
    name: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = (): void => {
        const index = this.#waiting.indexOf(turn);
        if (index < 0) return;
        this.#waiting.splice(index, 1);
        reject(signal.reason);
      };
      const turn: Turn = {
        name,
        tab,
        signal,
        giveUp: leave,
        start: () => {
          signal.removeEventListener('abort', leave);
          this.#held.set(name, tab);
          work()
            .then(resolve, reject)
            .finally(() => this.#release(name, tab));
        },
      };
      signal.addEventListener('abort', leave);
      this.#waiting.push(turn);
      this.#grant();
    });
  }

  heldNames(): string[] {
    return [...this.#held.keys()];
  }

  listen(ear: Ear): () => void {
    this.#ears.add(ear);
    return () => this.#ears.delete(ear);
  }

  post(from: FakeTab, name: string, message: unknown): void {
    if (!this.tabs.has(from)) return;
    this.posted.push(message);
    // As a browser does: a copy, and nobody hears oneself.
    const copy = structuredClone(message);
    for (const ear of this.#ears) {
      if (ear.name !== name || ear.tab === from) continue;
      const fate = this.fate();
      if (fate === 'lost') continue;
      this.device.setTimer(fate, () => {
        if (this.#ears.has(ear)) ear.tab.hear(() => ear.onMessage(copy));
      });
    }
  }

  /** The tab is gone, and with it all that it held or waited for. */
  close(tab: FakeTab): void {
    this.tabs.delete(tab);
    for (const ear of [...this.#ears]) if (ear.tab === tab) this.#ears.delete(ear);
    for (const turn of [...this.#waiting]) {
      if (turn.tab === tab) this.#waiting.splice(this.#waiting.indexOf(turn), 1);
    }
    for (const [name, holder] of [...this.#held]) if (holder === tab) this.#held.delete(name);
    this.#grant();
  }

  #release(name: string, tab: FakeTab): void {
    if (this.#held.get(name) === tab) this.#held.delete(name);
    this.#grant();
  }

  #grant(): void {
    for (const turn of [...this.#waiting]) {
      if (this.#held.has(turn.name) || turn.tab.frozen) continue;
      this.#waiting.splice(this.#waiting.indexOf(turn), 1);
      turn.start();
    }
  }

  thawed(): void {
    this.#grant();
  }
}

/** One tab of a `FakeOrigin`. */
export class FakeTab extends TestEnvironment {
  frozen = false;
  closed = false;
  readonly #origin: FakeOrigin;
  readonly #name: string;
  readonly #late: (() => void)[] = [];
  readonly #own = new Set<() => void>();

  constructor(origin: FakeOrigin, name: string) {
    super();
    this.#origin = origin;
    this.#name = name;
  }

  override wallNow = (): number => this.#origin.device.wallNow();
  override monotonicNow = (): number => this.#origin.device.monotonicNow();
  override random = (): number => this.#origin.device.random();
  override newTabId = (): string => this.#name;

  /** How many timers of its own are set. */
  get ownTimers(): number {
    return this.#own.size;
  }

  override setTimer = (ms: number, callback: () => void): (() => void) => {
    const cancel = this.#origin.device.setTimer(ms, () => {
      this.#own.delete(stop);
      this.hear(callback);
    });
    const stop = (): void => {
      this.#own.delete(stop);
      cancel();
    };
    this.#own.add(stop);
    return stop;
  };

  override readonly locks: TabLocks = {
    request: (name, signal, work) => this.#origin.hold(this, name, signal, work),
    held: async () => this.#origin.heldNames(),
  };

  override readonly storage: TabStorage = {
    read: (key) => (this.#origin.blocksStorage ? null : (this.#origin.storage.get(key) ?? null)),
    write: (key, value) => {
      if (!this.#origin.blocksStorage) this.#origin.storage.set(key, value);
    },
  };

  override openChannel(name: string, onMessage: (message: unknown) => void): TabChannel {
    const close = this.#origin.listen({ name, tab: this, onMessage });
    return { post: (message) => this.#origin.post(this, name, message), close };
  }

  /** Nothing happens in a frozen tab before it is thawed. */
  hear(task: () => void): void {
    if (!this.#origin.tabs.has(this)) return;
    if (this.frozen) this.#late.push(task);
    else task();
  }

  freeze(): void {
    for (const listener of [...this.suspendListeners]) listener();
    this.frozen = true;
  }

  thaw(): void {
    this.frozen = false;
    for (const task of this.#late.splice(0)) this.setTimer(0, task);
    this.#origin.thawed();
    this.resume();
  }

  /** Closed or reloaded by the user, which the page is told of (`pagehide`). */
  leave(): void {
    if (!this.frozen) for (const listener of [...this.suspendListeners]) listener();
    this.close();
  }

  /** Crashed, or discarded while it was frozen: nothing of it runs any more. */
  close(): void {
    this.closed = true;
    for (const stop of [...this.#own]) stop();
    this.resumeListeners.clear();
    this.#origin.close(this);
  }
}
