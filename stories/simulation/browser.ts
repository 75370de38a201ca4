import type { SessionClient } from 'session-clock';
import type { SimulatedClock } from './clock';
import { SimulatedLocks } from './locks';

/** The platform of a client. */
export type Environment = SessionClient['environment'];

/** A browser with several tabs, which share a channel, the locks and the storage, and have one clock. */
export class SimulatedBrowser {
  readonly clock: SimulatedClock;
  #clockError = 0;
  #isOnline = true;
  readonly #resumeListeners = new Set<() => void>();
  readonly #channels = new Map<string, Set<(message: unknown) => void>>();
  readonly #entries = new Map<string, string>();
  readonly #locks = new SimulatedLocks();

  constructor(clock: SimulatedClock) {
    this.clock = clock;
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  set isOnline(isOnline: boolean) {
    if (this.#isOnline === isOnline) return;
    this.#isOnline = isOnline;
    this.resume();
  }

  /** How far the device's clock is ahead of the true time (ms). */
  set clockError(ms: number) {
    if (this.#clockError === ms) return;
    this.#clockError = ms;
    // As when the user comes back from the settings of the device.
    this.resume();
  }

  /** Tells the tabs that the network has changed, or that the device has woken up. */
  resume(): void {
    for (const listener of [...this.#resumeListeners]) listener();
  }

  /** The platform of a new tab, and a function that simulates an input of the user in it. */
  openTab(fetch: typeof globalThis.fetch): { environment: Environment; input: () => void } {
    const { clock } = this;
    const inputs = new Set<() => void>();
    const environment: Environment = {
      wallNow: () => clock.now() + this.#clockError,
      monotonicNow: () => clock.running(),
      random: () => Math.random(),
      setTimer: clock.setTimer,
      fetch,
      isOnline: () => this.#isOnline,
      isVisible: () => true,
      onResume: (listener) => addTo(this.#resumeListeners, listener),
      onSuspend: () => () => {},
      onActivity: (listener) => addTo(inputs, listener),
      locks: this.#locks,
      storage: {
        read: (key) => this.#entries.get(key) ?? null,
        write: (key, value) => void this.#entries.set(key, value),
      },
      openChannel: (name, onMessage) => this.#openChannel(name, onMessage),
      newTabId: () => crypto.randomUUID(),
      openedAt: clock.now(),
    };
    return { environment, input: () => inputs.forEach((listener) => void listener()) };
  }

  #openChannel(name: string, onMessage: (message: unknown) => void) {
    const ports = this.#channels.get(name) ?? new Set();
    this.#channels.set(name, ports.add(onMessage));
    return {
      post(message: unknown): void {
        const copy = structuredClone(message);
        for (const port of ports) if (port !== onMessage) queueMicrotask(() => port(copy));
      },
      close: () => void ports.delete(onMessage),
    };
  }
}

function addTo<Item>(items: Set<Item>, item: Item): () => void {
  items.add(item);
  return () => items.delete(item);
}
