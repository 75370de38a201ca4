import type { TabChannel, TabLocks, TabStorage } from '../../src/core/tabPlatform.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';

/** A lock request that is not granted yet. */
interface LockRequest {
  name: string;
  tab: FakeTab;
  grant: () => void;
}

/** An open channel of a tab. */
interface Subscriber {
  name: string;
  tab: FakeTab;
  onMessage: (message: unknown) => void;
}

/**
 * The tabs of one browser on one device. They share the clocks, the timers, the locks, the storage and
 * a channel; each tab is shown, hidden, frozen or closed separately.
 */
export class FakeOrigin {
  readonly device: TestEnvironment;
  readonly tabs: Set<FakeTab> = new Set();
  /** How long a message takes to arrive (ms), or `'lost'`. */
  messageDelay: () => number | 'lost' = () => 0;
  /** Every message, as it was posted. */
  readonly posted: unknown[] = [];
  /** The browser blocks `localStorage`. */
  blocksStorage = false;
  readonly storage: Map<string, string> = new Map();
  readonly #heldLocks = new Map<string, FakeTab>();
  readonly #lockRequests: LockRequest[] = [];
  readonly #subscribers = new Set<Subscriber>();
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

  requestLock<Result>(
    tab: FakeTab,
    name: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        const index = this.#lockRequests.indexOf(request);
        if (index < 0) return;
        this.#lockRequests.splice(index, 1);
        reject(signal.reason);
      };
      const request: LockRequest = {
        name,
        tab,
        grant: () => {
          signal.removeEventListener('abort', onAbort);
          this.#heldLocks.set(name, tab);
          work()
            .then(resolve, reject)
            .finally(() => this.#releaseLock(name, tab));
        },
      };
      signal.addEventListener('abort', onAbort);
      this.#lockRequests.push(request);
      this.grantLocks();
    });
  }

  /** The names of the locks that are held. */
  heldLocks(): string[] {
    return [...this.#heldLocks.keys()];
  }

  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  post(from: FakeTab, name: string, message: unknown): void {
    if (!this.tabs.has(from)) return;
    this.posted.push(message);
    // As a `BroadcastChannel` does: the message is copied, and the sender does not receive it.
    const copy = structuredClone(message);
    for (const subscriber of this.#subscribers) {
      if (subscriber.name !== name || subscriber.tab === from) continue;
      const delay = this.messageDelay();
      if (delay === 'lost') continue;
      this.device.setTimer(delay, () => {
        if (!this.#subscribers.has(subscriber)) return;
        subscriber.tab.runTask(() => subscriber.onMessage(copy));
      });
    }
  }

  /** Removes the tab, with its channels, its locks and its lock requests. */
  close(tab: FakeTab): void {
    this.tabs.delete(tab);
    for (const subscriber of [...this.#subscribers]) {
      if (subscriber.tab === tab) this.#subscribers.delete(subscriber);
    }
    for (const request of [...this.#lockRequests]) {
      if (request.tab === tab) this.#lockRequests.splice(this.#lockRequests.indexOf(request), 1);
    }
    for (const [name, holder] of [...this.#heldLocks]) {
      if (holder === tab) this.#heldLocks.delete(name);
    }
    this.grantLocks();
  }

  #releaseLock(name: string, tab: FakeTab): void {
    if (this.#heldLocks.get(name) === tab) this.#heldLocks.delete(name);
    this.grantLocks();
  }

  /** Grants the free locks in the order of their requests; a frozen tab gets none. */
  grantLocks(): void {
    for (const request of [...this.#lockRequests]) {
      if (this.#heldLocks.has(request.name) || request.tab.frozen) continue;
      this.#lockRequests.splice(this.#lockRequests.indexOf(request), 1);
      request.grant();
    }
  }
}

/** One tab of a `FakeOrigin`. */
export class FakeTab extends TestEnvironment {
  frozen = false;
  closed = false;
  readonly #origin: FakeOrigin;
  readonly #name: string;
  /** Tasks that became due while the tab was frozen. */
  readonly #deferredTasks: (() => void)[] = [];
  readonly #timerCancels = new Set<() => void>();

  constructor(origin: FakeOrigin, name: string) {
    super(origin.device.wallNow());
    this.#origin = origin;
    this.#name = name;
  }

  override wallNow = (): number => this.#origin.device.wallNow();
  override monotonicNow = (): number => this.#origin.device.monotonicNow();
  override random = (): number => this.#origin.device.random();
  override newTabId = (): string => this.#name;

  /** How many timers this tab has set. */
  get ownTimers(): number {
    return this.#timerCancels.size;
  }

  override setTimer = (ms: number, callback: () => void): (() => void) => {
    const cancelOnDevice = this.#origin.device.setTimer(ms, () => {
      this.#timerCancels.delete(cancel);
      this.runTask(callback);
    });
    const cancel = (): void => {
      this.#timerCancels.delete(cancel);
      cancelOnDevice();
    };
    this.#timerCancels.add(cancel);
    return cancel;
  };

  override readonly locks: TabLocks = {
    request: (name, signal, work) => this.#origin.requestLock(this, name, signal, work),
    held: async () => this.#origin.heldLocks(),
  };

  override readonly storage: TabStorage = {
    read: (key) => (this.#origin.blocksStorage ? null : (this.#origin.storage.get(key) ?? null)),
    write: (key, value) => {
      if (!this.#origin.blocksStorage) this.#origin.storage.set(key, value);
    },
  };

  override openChannel(name: string, onMessage: (message: unknown) => void): TabChannel {
    const close = this.#origin.subscribe({ name, tab: this, onMessage });
    return { post: (message) => this.#origin.post(this, name, message), close };
  }

  /** Runs `task` now, or after `thaw()` if the tab is frozen. A closed tab does not run it. */
  runTask(task: () => void): void {
    if (!this.#origin.tabs.has(this)) return;
    if (this.frozen) this.#deferredTasks.push(task);
    else task();
  }

  freeze(): void {
    for (const listener of [...this.suspendListeners]) listener();
    this.frozen = true;
  }

  thaw(): void {
    this.frozen = false;
    for (const task of this.#deferredTasks.splice(0)) this.setTimer(0, task);
    this.#origin.grantLocks();
    this.resume();
  }

  /** The user closes or reloads the tab: the page receives `pagehide` first. */
  unload(): void {
    if (!this.frozen) for (const listener of [...this.suspendListeners]) listener();
    this.close();
  }

  /** The tab crashes, or is discarded while it is frozen: the page receives no event. */
  close(): void {
    this.closed = true;
    for (const cancel of [...this.#timerCancels]) cancel();
    this.resumeListeners.clear();
    this.#origin.close(this);
  }
}
