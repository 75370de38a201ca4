import 'fake-indexeddb/auto';
import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister';
import { onlineManager, QueryClientProvider, useMutation, useQuery } from '@tanstack/react-query';
import {
  type PersistedClient,
  type Persister,
  PersistQueryClientProvider,
} from '@tanstack/react-query-persist-client';
import { act, cleanup, render, screen } from '@testing-library/react';
import { clear, del, get, set } from 'idb-keyval';
import { type ReactNode, StrictMode } from 'react';
import { persisterForUser, QueryClientSync } from 'session-clock/query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionProvider } from '../../src/index.js';
import { leavePages, loadPage, type PageLoad } from './pageLoads.js';

/** Each as in the documentation of TanStack Query. */
const persisters: Record<string, () => Persister> = {
  localStorage: () =>
    createAsyncStoragePersister({ storage: window.localStorage, throttleTime: 20 }),
  IndexedDB: () => ({
    persistClient: (state) => set('cache', state),
    restoreClient: () => get<PersistedClient>('cache'),
    removeClient: () => del('cache'),
  }),
};

/** Where the app mounts the sync and the providers. */
type Layout = (page: PageLoad, cache: (tree: ReactNode) => ReactNode) => ReactNode;
const layouts: Record<string, Layout> = {
  'the cache inside the session, the sync first': ({ client }, cache) => (
    <SessionProvider client={client}>
      {cache(
        <>
          <QueryClientSync />
          <Notes />
        </>,
      )}
    </SessionProvider>
  ),
  'the session inside the cache, the sync last': ({ client }, cache) =>
    cache(
      <SessionProvider client={client}>
        <Notes />
        <QueryClientSync />
      </SessionProvider>,
    ),
};

/** The texts of all renders, and the requests with their user. */
let rendered: string[];
let requests: string[];
let page: PageLoad;

function Notes(): ReactNode {
  const { data } = useQuery({
    queryKey: ['notes'],
    queryFn: async () => {
      const { user } = await page.client.getSession();
      requests.push(`GET as ${user.sub}`);
      return `the notes of ${user.sub}`;
    },
  });
  const { mutate } = useMutation<unknown, Error, string>({ mutationKey: ['save'] });
  rendered.push(data ?? 'nothing yet');
  return (
    <button type="button" onClick={() => mutate('a note of ada')}>
      {data ?? 'nothing yet'}
    </button>
  );
}

/** Loads the page, and waits until it shows the user's notes. */
async function openApp(user: string, storage: string, layout = Object.values(layouts)[0]) {
  rendered = [];
  requests = [];
  page = loadPage(user);
  const { client, queryClient, env } = page;
  queryClient.setMutationDefaults(['save'], {
    mutationFn: async (note: string) => {
      const { user } = await client.getSession();
      requests.push(`POST ${note} as ${user.sub}`);
    },
  });
  const disk = persisters[storage]?.() as Persister;
  const persister = persisterForUser({ client, queryClient, persister: disk });
  const cache = (tree: ReactNode): ReactNode => (
    <PersistQueryClientProvider
      client={queryClient}
      persistOptions={{ persister }}
      onSuccess={() => queryClient.resumePausedMutations()}
    >
      {tree}
    </PersistQueryClientProvider>
  );
  render(<StrictMode>{layout?.(page, cache)}</StrictMode>);
  env.runWork = (work) => act(work);
  await env.advance(0);
  await screen.findByText(`the notes of ${user}`);
}

async function leaveApp(): Promise<void> {
  cleanup();
  leavePages();
}

async function storedText(): Promise<string> {
  return JSON.stringify([{ ...localStorage }, (await get('cache')) ?? null]);
}

const untilStored = (text: string): Promise<void> =>
  vi.waitFor(async () => expect(await storedText()).toContain(text));

beforeEach(async () => {
  localStorage.clear();
  await clear();
});
afterEach(() => {
  onlineManager.setOnline(true);
  return leaveApp();
});

describe.each(Object.keys(persisters))('a page load with a cache persisted to %s', (storage) => {
  it.each(Object.keys(layouts))(
    'as another user shows nothing of the former user (%s)',
    async (name) => {
      await openApp('ada', storage, layouts[name]);
      await untilStored('the notes of ada');
      await leaveApp();
      await openApp('grace', storage, layouts[name]);
      await untilStored('the notes of grace');
      expect(rendered.join()).not.toContain('ada');
      expect(requests).toEqual(['GET as grace']);
      expect(await storedText()).not.toContain('the notes of ada');
    },
  );

  it('as the same user shows the restored notes without a request', async () => {
    await openApp('ada', storage);
    await untilStored('the notes of ada');
    await leaveApp();
    await openApp('ada', storage);
    expect(requests).toEqual([]);
  });

  it.each([
    ['grace', ['GET as grace']],
    ['ada', ['POST a note of ada as ada']],
  ])('as %s sends a paused mutation of ada for her only', async (user, expected) => {
    await openApp('ada', storage);
    act(() => onlineManager.setOnline(false));
    await act(async () => screen.getByRole('button').click());
    await untilStored('a note of ada');
    await leaveApp();
    onlineManager.setOnline(true);
    await openApp(user, storage);
    await vi.waitFor(() => expect(requests).toEqual(expected));
    act(() => onlineManager.setOnline(false));
    await act(async () => onlineManager.setOnline(true));
    expect(requests).toEqual(expected);
  });

  it('after a sign-out finds nothing', async () => {
    await openApp('ada', storage);
    await untilStored('the notes of ada');
    await act(() => page.client.logout());
    await vi.waitFor(async () => expect(await storedText()).not.toContain('ada'));
    await leaveApp();
    await openApp('ada', storage);
    expect(requests).toEqual(['GET as ada']);
  });
});

it('the persister can be created in a component that StrictMode renders twice', () => {
  page = loadPage('ada');
  const { client, queryClient } = page;
  const subscribe = vi.spyOn(client, 'subscribe');
  const Cache = (): ReactNode => {
    persisterForUser({ client, queryClient, persister: persisters['IndexedDB']?.() as Persister });
    return <QueryClientProvider client={queryClient} />;
  };
  render(<StrictMode>{<Cache />}</StrictMode>);
  expect(subscribe).not.toHaveBeenCalled();
});
