import { QueryObserver } from '@tanstack/react-query';
import { queryStorageForUser, sessionQueryOptions } from 'session-clock/query';
import { describe, expect, it, vi } from 'vitest';
import { rolling } from '../../src/index.js';
import { Deferred } from '../support/promises.js';
import { loadKnownPage, loadPage, signIn } from './pageLoads.js';
import {
  emptyBrowser,
  fetchNotes,
  leave,
  open,
  persist,
  prepare,
  requests,
  stops,
  storages,
  storedText,
  storeNotesOfAda,
  untilNotStored,
  untilStored,
} from './storedQueries.js';

emptyBrowser();

describe.each(Object.entries(storages))('queries persisted to %s', (name, storage) => {
  it('are restored for the same user', async () => {
    await storeNotesOfAda({ storage });
    expect(await fetchNotes(await open('ada', { storage }))).toBe('the notes of ada');
    expect(requests).toEqual([]);
  });

  it('are not restored for another user, and removed if the storage lists its entries', async () => {
    await storeNotesOfAda({ storage });
    expect(await fetchNotes(await open('grace', { storage }))).toBe('the notes of grace');
    await untilStored('the notes of grace');
    if (name !== 'a storage without entries()') await untilNotStored('the notes of ada');
  });

  it('are removed when the user signs out', async () => {
    const page = await open('ada', { storage });
    await fetchNotes(page);
    await untilStored('the notes of ada');
    await page.client.logout();
    await untilNotStored('the notes of ada');
  });

  it('are removed when another user signs in, whose own queries stay', async () => {
    const page = await open('ada', { storage });
    await fetchNotes(page);
    await untilStored('the notes of ada');
    await signIn(page, 'grace');
    await fetchNotes(page);
    await untilStored('the notes of grace');
    await untilNotStored('the notes of ada');
  });
});

it('a query waits until the session is known', async () => {
  await storeNotesOfAda();
  const page = loadPage('grace');
  prepare(page);
  const fetched = fetchNotes(page);
  page.client.start();
  expect(await fetched).toBe('the notes of grace');
});

it('without a session, nothing is restored or stored; the user finds it again after a sign-in', async () => {
  await storeNotesOfAda();
  const page = await open(null);
  await fetchNotes(page, 'news');
  expect(requests).toEqual(['GET as undefined']);
  expect(await storedText()).not.toContain('news');
  await signIn(page, 'ada');
  expect(await fetchNotes(page)).toBe('the notes of ada');
  expect(requests).toHaveLength(1);
});

it('without a session, what is stored is removed, if the app says so', async () => {
  await storeNotesOfAda();
  await fetchNotes(await open(null, { removeWithoutSession: true }));
  await untilNotStored('the notes of ada');
});

it.each(['serialize', 'deserialize'] as const)(
  'data that is still being processed by %s() when the user changes does not reach the other user',
  async (step) => {
    if (step === 'deserialize') await storeNotesOfAda();
    const started = new Deferred();
    const finish = new Deferred();
    async function hold<Value>(value: Value): Promise<Value> {
      started.resolve();
      await finish.promise;
      return value;
    }
    const page = await loadKnownPage('ada');
    const persister = prepare(page, {
      serialize: (query) => hold(JSON.stringify(query)),
      deserialize: (value) => hold(JSON.parse(value)),
    });
    const work =
      step === 'serialize' ? fetchNotes(page) : persister.restoreQueries(page.queryClient);
    await started.promise;
    await signIn(page, 'grace');
    finish.resolve();
    await work;
    expect(page.queryClient.getQueryData(['notes'])).not.toBe('the notes of ada');
    leave();
    const next = await loadKnownPage('grace');
    await prepare(next).restoreQueries(next.queryClient);
    expect(next.queryClient.getQueryData(['notes'])).not.toBe('the notes of ada');
  },
);

it('without a sync, the former user’s cache is neither stored nor restored for another user', async () => {
  const page = await loadKnownPage('ada');
  const persister = persist(page);
  page.queryClient.setQueryData(['notes'], 'the notes of ada');
  await persister.persistQueryByKey(['notes'], page.queryClient);
  await untilStored('the notes of ada');
  await signIn(page, 'grace');
  await persister.persistQueryByKey(['notes'], page.queryClient);
  await untilNotStored('the notes of ada');
});

it('restoreQueries(), removeQueries() and persisterGc() see only the user’s own queries', async () => {
  const page = await open('ada');
  await fetchNotes(page);
  await untilStored('the notes of ada');
  localStorage.setItem('entries', 'of the app');
  leave();
  const next = await loadKnownPage('ada');
  const persister = prepare(next);
  await persister.restoreQueries(next.queryClient);
  expect(next.queryClient.getQueryData(['notes'])).toBe('the notes of ada');
  await persister.persisterGc();
  await untilStored('the notes of ada');
  await persister.removeQueries();
  await untilNotStored('the notes of ada');
  expect(localStorage.getItem('entries')).toBe('of the app');
});

it('two apps of an origin do not remove each other’s data', async () => {
  const other = loadPage('grace', { name: 'fake:other', policy: rolling({ idle: '1h' }) });
  other.client.start();
  prepare(other);
  await fetchNotes(other);
  await untilStored('the notes of grace');
  const page = await open('ada');
  await fetchNotes(page);
  await page.client.logout();
  await untilNotStored('the notes of ada');
  await untilStored('the notes of grace');
});

it('neither the session nor a readable user id is stored', async () => {
  const page = await loadKnownPage('ada-lovelace');
  const { queryKey } = sessionQueryOptions(page.client);
  const persister = prepare(page);
  await page.queryClient.ensureQueryData(sessionQueryOptions(page.client));
  await persister.persistQueryByKey(queryKey, page.queryClient);
  await page.queryClient.ensureQueryData({ queryKey: ['notes'], queryFn: () => 'my notes' });
  await untilStored('my notes');
  expect(await storedText()).not.toMatch(/lovelace|"session"/);
});

it('a mounted query that another user’s sign-in interrupts is fetched for that user', async () => {
  await storeNotesOfAda();
  const page = await open('ada');
  const observer = new QueryObserver(page.queryClient, {
    queryKey: ['notes'],
    queryFn: () => `the notes of ${page.client.getSnapshot().session?.user.sub}`,
  });
  const shown: unknown[] = [];
  stops.push(observer.subscribe(({ data }) => shown.push([page.client.getUserKey(), data])));
  await signIn(page, 'grace');
  const grace = page.client.getUserKey();
  await vi.waitFor(() => expect(shown).toContainEqual([grace, 'the notes of grace']));
  expect(shown).not.toContainEqual([grace, 'the notes of ada']);
});

it('a server has no storage', () => {
  const { client, queryClient } = loadPage('ada');
  expect(queryStorageForUser({ client, queryClient, storage: undefined }).storage).toBeUndefined();
});
