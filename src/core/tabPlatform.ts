/** Locks that the tabs of one origin share (Web Locks). */
export interface TabLocks {
  /** Holds the lock `name` while `work` runs. Rejects with the signal's reason if it is aborted before that. */
  request<Result>(name: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
  /** The names of the locks that any tab holds now. */
  held(): Promise<string[]>;
}

/** A channel between the tabs of one origin (BroadcastChannel). */
export interface TabChannel {
  post(message: unknown): void;
  close(): void;
}

/** A storage that all pages of an origin share (localStorage). Its methods do not throw. */
export interface TabStorage {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** A server's process may have locks, channels and storage too, but its users must not share them. */
export function isPage(): boolean {
  return typeof document !== 'undefined';
}

export function webLocks(): TabLocks | null {
  const locks = isPage() ? globalThis.navigator?.locks : undefined;
  if (!locks) return null;
  return {
    request: async (name, signal, work) => await locks.request(name, { signal }, work),
    held: async () => ((await locks.query()).held ?? []).map(({ name = '' }) => name),
  };
}

/** Every access to `localStorage` throws if the user has blocked the storage. */
export function webStorage(): TabStorage | null {
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

export function openChannel(
  name: string,
  onMessage: (message: unknown) => void,
): TabChannel | null {
  if (!isPage()) return null;
  if (!webLocks() || typeof BroadcastChannel === 'undefined') {
    warnOnce('has no Web Locks or no BroadcastChannel (an insecure origin, or an old browser)');
    return null;
  }
  const channel = attempt(() => new BroadcastChannel(name));
  if (!channel) {
    warnOnce('is denied its BroadcastChannel (blocked storage)');
    return null;
  }
  channel.onmessage = ({ data }) => onMessage(data);
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

let hasWarned = false;

/**
 * Warns once, in a development build, that the tabs do not share their session. `NODE_ENV` is read here, so that a
 * bundler removes the text from a production build.
 */
export function warnOnce(reason: string): void {
  try {
    if (process.env.NODE_ENV !== 'production' && !hasWarned) {
      hasWarned = true;
      console.warn(
        `session-clock: this page ${reason}, so each tab tracks its session alone and refreshes its own tokens.`,
      );
    }
  } catch {
    // `process` is not defined without a bundler.
  }
}

/** Not every build has the types of Node. */
declare const process: { env: { NODE_ENV?: string } };
