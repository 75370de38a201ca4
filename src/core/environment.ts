import { focusManager, onlineManager } from '@tanstack/react-query';

/** Locks that the tabs of one origin share (Web Locks). */
export interface TabLocks {
  /** Holds `name` while `work` runs. Rejects with the signal's reason where it is aborted before. */
  request<Result>(name: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
  /** The names of all locks that any tab holds now. */
  held(): Promise<string[]>;
}

/** A channel between the tabs of one origin (BroadcastChannel). */
export interface TabChannel {
  post(message: unknown): void;
  close(): void;
}

/** What outlives the page (localStorage). Neither method throws. */
export interface TabStorage {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/**
 * The platform as the core sees it. The only file that touches Date, timers, document, navigator and
 * storage, so that tests can replace all of them.
 */
export interface Environment {
  /** The device's clock (epoch ms); a user may set it. */
  wallNow(): number;
  /** Never set back, and on some platforms stopped while the device sleeps (ms). */
  monotonicNow(): number;
  /** In [0, 1). */
  random(): number;
  /** Calls once after `ms`; returns how to cancel it. */
  setTimer(ms: number, callback: () => void): () => void;
  readonly fetch: typeof fetch;
  /** As TanStack Query's `onlineManager` and `focusManager` have it: an app that configures them configures this. */
  isOnline(): boolean;
  isVisible(): boolean;
  /** Calls when the user or the network may be back: online, offline, visible, hidden, focus, resume, pageshow. */
  onResume(listener: () => void): () => void;
  /** Calls when the page is about to be frozen, kept for "back", or unloaded. */
  onSuspend(listener: () => void): () => void;
  /** Calls at every input of the user at this page. */
  onActivity(listener: () => void): () => void;
  /** `null` where the platform has none: an old browser, an insecure origin, a server. */
  readonly locks: TabLocks | null;
  readonly storage: TabStorage | null;
  /** `null` where the platform has none, or no locks. */
  openChannel(name: string, onMessage: (message: unknown) => void): TabChannel | null;
  /** An id that no other page has. */
  newTabId(): string;
}

type EventTypes = { readonly window: readonly string[]; readonly document: readonly string[] };

const resumes: EventTypes = { window: ['focus', 'pageshow'], document: ['resume'] };
const suspensions: EventTypes = { window: ['pagehide'], document: ['freeze'] };
/** Scrolling does not bubble, and an element may stop the others: all are captured. */
const activities: EventTypes = {
  window: ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'touchmove', 'scroll'],
  document: [],
};

/** The real platform; on a server there is no page, and nothing resumes. */
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
    isOnline: () => onlineManager.isOnline(),
    isVisible: () => focusManager.isFocused(),
    onResume(listener) {
      const stops = [
        onlineManager.subscribe(listener),
        focusManager.subscribe(listener),
        listen(resumes, listener),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    onSuspend: (listener) => listen(suspensions, listener),
    onActivity: (listener) => listen(activities, listener),
    locks: webLocks(),
    storage: webStorage(),
    openChannel,
    newTabId: () => Math.random().toString(36).slice(2) + Date.now().toString(36),
  };
}

function listen({ window, document }: EventTypes, listener: () => void): () => void {
  if (!isPage()) return () => {};
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  for (const type of window) addEventListener(type, listener, options);
  for (const type of document) globalThis.document.addEventListener(type, listener, options);
  return () => stop.abort();
}

/** A server's process has locks, channels and storage of its own, which users must not share. */
function isPage(): boolean {
  return typeof document !== 'undefined';
}

function webLocks(): TabLocks | null {
  const locks = isPage() ? globalThis.navigator?.locks : undefined;
  if (!locks) return null;
  return {
    request: async (name, signal, work) => await locks.request(name, { signal }, work),
    held: async () => ((await locks.query()).held ?? []).map(({ name = '' }) => name),
  };
}

/** Reading the property throws where storage is blocked. */
function webStorage(): TabStorage | null {
  if (!isPage()) return null;
  return {
    read: (key) => attempt(() => localStorage.getItem(key)),
    write: (key, value) => void attempt(() => localStorage.setItem(key, value)),
  };
}

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function openChannel(name: string, onMessage: (message: unknown) => void): TabChannel | null {
  if (!isPage()) return null;
  if (!webLocks() || typeof BroadcastChannel === 'undefined') {
    warnOnce('has no Web Locks or no BroadcastChannel (an insecure origin, or an old browser)');
    return null;
  }
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => onMessage(data);
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

let hasWarned = false;

/** Says once, in development, why each tab is on its own. A production build drops it with its texts. */
export function warnOnce(reason: string): void {
  try {
    if (process.env.NODE_ENV !== 'production' && !hasWarned) {
      hasWarned = true;
      console.warn(
        `session-clock: this page ${reason}, so each tab tracks its session alone, and refreshes its own tokens.`,
      );
    }
  } catch {
    // Without a bundler there is no `process`.
  }
}

/** Whether this is a development build. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}

/** Bundlers replace `process.env.NODE_ENV`; not every build has the types of Node. */
declare const process: { env: { NODE_ENV?: string } };
