/** What the tabs of one origin take turns by (Web Locks). */
export interface TabLocks {
  /** Holds `name` while `work` runs. Rejects with the signal's reason where it is called off before. */
  hold<Result>(name: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
  /** The names that any tab holds now. */
  held(): Promise<string[]>;
}

/** What the tabs of one origin talk over (BroadcastChannel). */
export interface TabChannel {
  post(message: unknown): void;
  close(): void;
}

/**
 * The world as the core sees it. The only file that touches Date, timers, document and navigator,
 * so that tests can put a world of their own in its place.
 */
export interface Environment {
  /** The device's clock (epoch ms); a person may set it. */
  wallNow(): number;
  /** Never set back, and on some platforms halted while the device sleeps (ms). */
  monotonicNow(): number;
  /** In [0, 1). */
  random(): number;
  /** Calls once after `ms`; returns how to call it off. */
  setTimer(ms: number, callback: () => void): () => void;
  readonly fetch: typeof fetch;
  isOnline(): boolean;
  isVisible(): boolean;
  /** Calls when the person may be back: online, offline, visible, hidden, focus, thaw, page shown again. */
  onStir(listener: () => void): () => void;
  /** Calls when the page is about to be frozen, kept for "back", or unloaded. */
  onSuspend(listener: () => void): () => void;
  /** Calls at every sign of a person at this page. */
  onActivity(listener: () => void): () => void;
  /** `null` where the platform has none: an old browser, an insecure origin, a server. */
  readonly locks: TabLocks | null;
  /** `null` where the platform has none, or no locks to take turns by. */
  openChannel(name: string, onMessage: (message: unknown) => void): TabChannel | null;
  /** Tells this page from every other. */
  newId(): string;
}

const stirs = {
  window: ['online', 'offline', 'focus', 'pageshow'],
  document: ['visibilitychange', 'resume'],
};
const suspensions = { window: ['pagehide'], document: ['freeze'] };
/** Scrolling does not bubble, and a frame of the page may stop the others: all are caught on their way down. */
const signsOfLife = {
  window: ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'touchmove', 'scroll'],
  document: [],
};

/** The real world; on a server it has no network state and nobody stirs. */
export function browserEnvironment(): Environment {
  return {
    wallNow: () => Date.now(),
    monotonicNow: () => performance.now(),
    random: () => Math.random(),
    setTimer(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    fetch: (input, init) => globalThis.fetch(input, init),
    isOnline: () => globalThis.navigator?.onLine !== false,
    isVisible: () => globalThis.document?.visibilityState !== 'hidden',
    onStir: (listener) => listen(stirs, listener),
    onSuspend: (listener) => listen(suspensions, listener),
    onActivity: (listener) => listen(signsOfLife, listener),
    locks: webLocks(),
    openChannel,
    newId: () => Math.random().toString(36).slice(2) + Date.now().toString(36),
  };
}

function listen(types: { window: string[]; document: string[] }, listener: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  for (const type of types.window) addEventListener(type, listener, options);
  for (const type of types.document) document.addEventListener(type, listener, options);
  return () => stop.abort();
}

function webLocks(): TabLocks | null {
  // A server's process has them too, and would let one person's page wait for another's.
  const locks = typeof document === 'undefined' ? undefined : globalThis.navigator?.locks;
  if (!locks) return null;
  return {
    hold: async (name, signal, work) => await locks.request(name, { signal }, work),
    held: async () => ((await locks.query()).held ?? []).map(({ name = '' }) => name),
  };
}

function openChannel(name: string, onMessage: (message: unknown) => void): TabChannel | null {
  // A server's process has one too, and would keep running for it.
  if (typeof document === 'undefined') return null;
  if (!webLocks() || typeof BroadcastChannel === 'undefined') return warnOnce();
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => onMessage(data);
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

let warned = false;

function warnOnce(): null {
  if (!warned && isDevelopment()) {
    console.warn(
      'session-clock: this page has no Web Locks or no BroadcastChannel (an insecure origin, or an old browser), so each tab keeps its clocks alone and refreshes for itself.',
    );
  }
  warned = true;
  return null;
}

/** Whether a mistake is worth a word in the console. Bundlers replace the expression. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}

/** Not all who compile this have the types of Node. */
declare const process: { env: { NODE_ENV?: string } };
