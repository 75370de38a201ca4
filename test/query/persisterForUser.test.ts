import type { DehydratedState } from '@tanstack/react-query';
import {
  type PersistedClient,
  type Persister,
  persistQueryClient,
} from '@tanstack/react-query-persist-client';
import { persisterForUser, sessionQueryOptions } from 'session-clock/query';
import { describe, expect, it } from 'vitest';
import { Deferred } from '../support/promises.js';
import { loadKnownPage, loadPage, signIn } from './pageLoads.js';
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

describe('a persisted cache', () => {
  it('is restored for the same user', async () => {
    await storeNotesOfAda();
    expect(notesOf(await open('ada'))).toBe('Ada’s notes');
  });

  it('is removed, not restored, when another user is signed in at the next page load', async () => {
    await storeNotesOfAda();
    expect(notesOf(await open('grace'))).toBeUndefined();
    expect(storedText()).not.toContain('Ada’s');
  });

  it('is not restored before the session is known', async () => {
    await storeNotesOfAda();
    const page = loadPage('ada');
    const answer = new Deferred<{ user: { sub: string } }>();
    page.source.answerSession = () => answer.promise;
    const restored = persist(page);
    page.client.start();
    await page.env.advance(0);
    expect(notesOf(page)).toBeUndefined();
    answer.resolve({ user: { sub: 'ada' } });
    await restored;
    expect(notesOf(page)).toBe('Ada’s notes');
  });

  it('is not restored when it has no user, as one that was stored without this persister', async () => {
    const page = await loadKnownPage('ada');
    page.queryClient.setQueryData(['notes'], 'someone’s notes');
    const [stop, restored] = persistQueryClient({
      queryClient: page.queryClient,
      persister: diskPersister,
    });
    await restored;
    page.queryClient.setQueryData(['more'], 'someone’s notes');
    stop();
    expect(storedText()).toContain('someone’s');
    expect(notesOf(await open('ada'))).toBeUndefined();
    expect(storedText()).not.toContain('someone’s');
  });

  it('is not restored by TanStack alone', async () => {
    await storeNotesOfAda();
    const page = loadPage('grace');
    await persistQueryClient({ queryClient: page.queryClient, persister: diskPersister })[1];
    expect(notesOf(page)).toBeUndefined();
  });

  it('is removed when the app’s buster has changed', async () => {
    await storeNotesOfAda({ buster: 'v1:a' });
    expect(notesOf(await open('ada', { buster: 'v1:a' }))).toBe('Ada’s notes');
    leave();
    expect(notesOf(await open('ada', { buster: 'v2:a' }))).toBeUndefined();
  });

  it('contains no readable user id, and not the query of the session', async () => {
    const page = await open('ada-lovelace');
    await page.queryClient.ensureQueryData(sessionQueryOptions(page.client));
    page.queryClient.setQueryData(['notes'], 'my notes');
    expect(storedText()).toContain('my notes');
    expect(storedText()).not.toMatch(/lovelace|"session"/);
  });
});

describe('while a cache is being restored, a change of user', () => {
  it.each(['before', 'after'])(
    'restores nothing of the former user (%s the read)',
    async (when) => {
      await storeNotesOfAda();
      const page = await loadKnownPage('ada');
      sync(page);
      const read = new Deferred();
      const slow: Persister = {
        ...diskPersister,
        restoreClient: async () => {
          const state = structuredClone(disk.state);
          await read.promise;
          return state;
        },
      };
      const { client, queryClient } = page;
      const persister = persisterForUser({ client, queryClient, persister: slow });
      const restoring = persister.restoreClient();
      let state: PersistedClient | undefined;
      if (when === 'after') {
        read.resolve();
        state = await restoring;
        await signIn(page, 'grace');
      } else {
        await signIn(page, 'grace');
        read.resolve();
        state = await restoring;
      }
      const empty: DehydratedState = { mutations: [], queries: [] };
      expect(state?.clientState ?? empty).toEqual(empty);
    },
  );

  it('is noticed by a sync that starts later', async () => {
    await storeNotesOfAda();
    const page = await loadKnownPage('ada');
    await persist(page);
    expect(notesOf(page)).toBe('Ada’s notes');
    await signIn(page, 'grace');
    sync(page);
    expect(notesOf(page)).toBeUndefined();
  });
});
