import type { PersistedClient, Persister } from '@tanstack/react-query-persist-client';
import { describe, expect, it } from 'vitest';
import { settled } from '../../src/testing/testEnvironment.js';
import { Deferred } from '../support/promises.js';
import { loadKnownPage, signIn } from './pageLoads.js';
import {
  disk,
  diskPersister,
  leave,
  notesOf,
  open,
  persist,
  persistedPages,
  storedText,
  storeNotesOfAda,
  sync,
} from './persistedPages.js';

persistedPages();

describe('without a session', () => {
  it('nothing is restored or stored, and the user whose session expired finds the data again', async () => {
    await storeNotesOfAda();
    const page = await open(null);
    expect(notesOf(page)).toBeUndefined();
    page.queryClient.setQueryData(['news'], 'the news');
    leave();
    expect(storedText()).not.toContain('the news');
    expect(notesOf(await open('ada'))).toBe('Ada’s notes');
  });

  it('what is stored is removed, if the app says so', async () => {
    await storeNotesOfAda();
    await open(null, { removeWithoutSession: true });
    expect(disk.state).toBeUndefined();
  });

  it('the stored data is not overwritten when its user signs in on that page', async () => {
    await storeNotesOfAda();
    const page = await open(null);
    await signIn(page, 'ada');
    page.queryClient.setQueryData(['drafts'], 'Ada’s drafts');
    leave();
    expect(notesOf(await open('ada'))).toBe('Ada’s notes');
  });

  it.each(['signs out', 'is replaced by another user'])(
    'the page stores again after that user %s and signs in once more',
    async (end) => {
      await storeNotesOfAda();
      const page = await open(null);
      await signIn(page, 'ada');
      if (end === 'signs out') await page.client.logout();
      else await signIn(page, 'grace');
      await signIn(page, 'ada');
      page.queryClient.setQueryData(['drafts'], 'Ada’s drafts');
      expect(storedText()).toContain('Ada’s drafts');
    },
  );

  it('another user who signs in on that page replaces it', async () => {
    await storeNotesOfAda();
    const page = await open(null);
    await signIn(page, 'grace');
    page.queryClient.setQueryData(['drafts'], 'Grace’s drafts');
    expect(storedText()).toContain('Grace’s drafts');
    expect(storedText()).not.toContain('Ada’s');
  });
});

describe('what is stored is removed', () => {
  it('when the user signs out, with a write that a throttled persister holds back', async () => {
    const page = await loadKnownPage('ada');
    sync(page);
    let held: PersistedClient | undefined;
    const throttled: Persister = {
      ...diskPersister,
      persistClient: (state) => void (held = state),
    };
    await persist(page, { persister: throttled });
    disk.state = { timestamp: 1, buster: '', clientState: { mutations: [], queries: [] } };
    page.queryClient.setQueryData(['notes'], 'Ada’s notes');
    expect(JSON.stringify(held)).toContain('Ada’s notes');
    await page.client.logout();
    expect(disk.state).toBeUndefined();
    expect(JSON.stringify(held)).not.toContain('Ada’s notes');
  });

  it('when the user signs out while a slow write is running', async () => {
    const page = await loadKnownPage('ada');
    sync(page);
    const finish = new Deferred();
    const slow: Persister = {
      ...diskPersister,
      persistClient: async (state) => {
        if (state.clientState.queries.length > 0) await finish.promise;
        await diskPersister.persistClient(state);
      },
    };
    await persist(page, { persister: slow });
    page.queryClient.setQueryData(['notes'], 'Ada’s notes');
    await page.client.logout();
    finish.resolve();
    await settled();
    expect(disk.state).toBeUndefined();
  });

  it('when another user signs in', async () => {
    const page = await open('ada');
    page.queryClient.setQueryData(['notes'], 'Ada’s notes');
    await signIn(page, 'grace');
    expect(storedText()).not.toContain('Ada’s notes');
  });

  it('not when the session expires', async () => {
    const page = await open('ada');
    page.queryClient.setQueryData(['notes'], 'Ada’s notes');
    page.client.notifyRevoked();
    expect(storedText()).toContain('Ada’s notes');
  });

  it('and a failure of the storage is not thrown', async () => {
    const fail = (): never => {
      throw new Error('SecurityError');
    };
    const page = await open('ada');
    Object.assign(diskPersister, { removeClient: fail, persistClient: fail });
    await page.client.logout();
    expect(page.client.getSnapshot().status).toBe('signed-out');
  });
});

it('without a sync, the former user’s cache is not stored for the user who signs in', async () => {
  const page = await loadKnownPage('ada');
  await persist(page);
  page.queryClient.setQueryData(['notes'], 'Ada’s notes');
  await signIn(page, 'grace');
  page.queryClient.setQueryData(['more'], 'more');
  expect(storedText()).not.toContain('Ada’s notes');
});
