import {
  type PersistedClient,
  type Persister,
  persistQueryClient,
} from '@tanstack/react-query-persist-client';
import {
  type PersisterForUserOptions,
  persisterForUser,
  syncQueryClient,
} from 'session-clock/query';
import { afterEach, beforeEach } from 'vitest';
import { leavePages, loadKnownPage, type PageLoad } from './pageLoads.js';

/** What the browser has stored; it outlives the page. */
export const disk: { state: PersistedClient | undefined } = { state: undefined };

/** Stores at once, as a persister for IndexedDB does. */
export let diskPersister: Persister;

const stops: (() => void)[] = [];

/** Gives each test its own browser. */
export function persistedPages(): void {
  beforeEach(() => {
    disk.state = undefined;
    diskPersister = {
      persistClient: (state) => {
        disk.state = structuredClone(state);
      },
      restoreClient: () => structuredClone(disk.state),
      removeClient: () => {
        disk.state = undefined;
      },
    };
  });
  afterEach(leave);
}

export type Options = Partial<PersisterForUserOptions> & { buster?: string };
type Page = Pick<PageLoad, 'client' | 'queryClient'>;

/** Restores the cache of the page, and persists it from then on. */
export function persist(page: Page, { buster = '', ...options }: Options = {}): Promise<void> {
  const { client, queryClient } = page;
  const persister = persisterForUser({ client, queryClient, persister: diskPersister, ...options });
  const [stop, restored] = persistQueryClient({ queryClient, persister, buster });
  stops.push(stop);
  return restored;
}

export function sync({ client, queryClient }: Page): void {
  stops.push(syncQueryClient({ client, queryClient }));
}

/** Loads the page as `user`, with the sync, and restores its cache. */
export async function open(user: string | null, options?: Options): Promise<PageLoad> {
  const page = await loadKnownPage(user);
  sync(page);
  await persist(page, options);
  return page;
}

/** Ada's page loads her notes, and is left. */
export async function storeNotesOfAda(options?: Options): Promise<void> {
  const page = await open('ada', options);
  page.queryClient.setQueryData(['notes'], 'Ada’s notes');
  leave();
}

export function leave(): void {
  for (const stop of stops.splice(0)) stop();
  leavePages();
}

export function notesOf({ queryClient }: Page): unknown {
  return queryClient.getQueryData(['notes']);
}

export function storedText(): string {
  return JSON.stringify(disk.state ?? null);
}
