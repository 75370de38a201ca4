import { originName, refreshLockName } from '../core/shell/names.js';

/** The tabs of this origin that have the panel for the same client, and who has the refresh lock. */
export interface TabLocks {
  readonly tabs: number;
  readonly holder: 'none' | 'this tab' | 'another tab';
  /** How many tabs wait for the lock. */
  readonly waiting: number;
}

function presenceName(clientName: string): string {
  return `${originName(clientName)}:devtools`;
}

/** Holds a shared lock by which the other tabs count this one. Returns a function that releases it. */
export function holdPresence(clientName: string): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const released = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve()),
  );
  navigator.locks
    ?.request(presenceName(clientName), { mode: 'shared', signal }, () => released)
    // Released before it was granted, or denied.
    .catch(() => {});
  return () => controller.abort();
}

/** Reads the locks; `null`: the page has no Web Locks, or is denied them. */
export async function readTabLocks(clientName: string): Promise<TabLocks | null> {
  if (!navigator.locks) return null;
  const own = await ownClientId(clientName);
  const { held = [], pending = [] } = await navigator.locks.query();
  const name = refreshLockName(clientName);
  const holder = held.find((lock) => lock.name === name);
  const present = held.filter((lock) => lock.name === presenceName(clientName));
  const waiting = pending.filter((lock) => lock.name === name).length;
  return {
    tabs: new Set(present.map(({ clientId }) => clientId)).size,
    holder: holder ? (holder.clientId === own ? 'this tab' : 'another tab') : 'none',
    waiting,
  };
}

/** A page learns its own id from a lock that only it holds. */
async function ownClientId(clientName: string): Promise<string | undefined> {
  const name = `${presenceName(clientName)}:${crypto.randomUUID()}`;
  return navigator.locks.request(name, async () => {
    const { held = [] } = await navigator.locks.query();
    return held.find((lock) => lock.name === name)?.clientId;
  });
}
