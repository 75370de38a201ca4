import 'fake-indexeddb/auto';
import {
  type AsyncStorage,
  experimental_createQueryPersister,
} from '@tanstack/react-query-persist-client';
import { clear, del, entries, get, set } from 'idb-keyval';
import {
  type QueryStorageForUserOptions,
  queryStorageForUser,
  syncQueryClient,
} from 'session-clock/query';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { leavePages, loadKnownPage, type PageLoad } from './pageLoads.js';

/** `disk` cannot list its entries, as AsyncStorage of React Native. */
const disk = new Map<string, string>();
export const storages: Record<string, AsyncStorage> = {
  localStorage: window.localStorage,
  IndexedDB: {
    getItem: (key) => get(key),
    setItem: (key, value) => set(key, value),
    removeItem: (key) => del(key),
    entries: () => entries<string, string>(),
  },
  'a storage without entries()': {
    getItem: async (key) => disk.get(key),
    setItem: async (key, value) => disk.set(key, value),
    removeItem: async (key) => void disk.delete(key),
  },
};

/** What the page has requested from the app's server. */
export const requests: string[] = [];
export const stops: (() => void)[] = [];

/** Gives each test an empty browser. */
export function emptyBrowser(): void {
  beforeEach(async () => {
    requests.length = 0;
    localStorage.clear();
    disk.clear();
    await clear();
  });
  afterEach(() => leave());
}

export function leave(): void {
  for (const stop of stops.splice(0)) stop();
  leavePages();
}

export async function storedText(): Promise<string> {
  return JSON.stringify([{ ...localStorage }, [...disk], await entries()]);
}

type Options = Partial<QueryStorageForUserOptions<string>>;
type QueryPersister = ReturnType<typeof experimental_createQueryPersister>;

export function persist({ client, queryClient }: PageLoad, options: Options = {}): QueryPersister {
  return experimental_createQueryPersister({
    ...queryStorageForUser({ client, queryClient, storage: window.localStorage, ...options }),
  });
}

/** Persists all queries of the page by default, with the sync. */
export function prepare(page: PageLoad, options?: Options): QueryPersister {
  const { client, queryClient } = page;
  stops.push(syncQueryClient({ client, queryClient }));
  const persister = persist(page, options);
  queryClient.setDefaultOptions({
    queries: { staleTime: Number.POSITIVE_INFINITY, persister: persister.persisterFn },
  });
  return persister;
}

export async function open(user: string | null, options?: Options): Promise<PageLoad> {
  const page = await loadKnownPage(user);
  prepare(page, options);
  return page;
}

export function fetchNotes({ client, queryClient }: PageLoad, key = 'notes'): Promise<string> {
  return queryClient.ensureQueryData({
    queryKey: [key],
    queryFn: async () => {
      const user = client.getSnapshot().session?.user.sub;
      requests.push(`GET as ${user}`);
      return `the notes of ${user}`;
    },
  });
}

export const untilStored = (text: string): Promise<void> =>
  vi.waitFor(async () => expect(await storedText()).toContain(text));
export const untilNotStored = (text: string): Promise<void> =>
  vi.waitFor(async () => expect(await storedText()).not.toContain(text));

export async function storeNotesOfAda(options?: Options): Promise<void> {
  await fetchNotes(await open('ada', options));
  await untilStored('the notes of ada');
  leave();
  requests.length = 0;
}
