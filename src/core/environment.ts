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
}

const windowEvents = ['online', 'offline', 'focus', 'pageshow'] as const;
const documentEvents = ['visibilitychange', 'resume'] as const;

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
    onStir(listener) {
      if (typeof document === 'undefined') return () => {};
      for (const type of windowEvents) addEventListener(type, listener);
      for (const type of documentEvents) document.addEventListener(type, listener);
      return () => {
        for (const type of windowEvents) removeEventListener(type, listener);
        for (const type of documentEvents) document.removeEventListener(type, listener);
      };
    },
  };
}

/** Whether a mistake is worth a word in the console. Bundlers replace the expression. */
export function isDevelopment(): boolean {
  return typeof process !== 'undefined' && process.env['NODE_ENV'] !== 'production';
}

/** Not all who compile this have the types of Node. */
declare const process: { env: Record<string, string | undefined> } | undefined;
