import { QueryClientProvider, useSuspenseQuery } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { type ReactNode, StrictMode, Suspense } from 'react';
import { QueryClientSync, sessionQueryOptions, syncQueryClient } from 'session-clock/query';
import { afterEach, expect, it, vi } from 'vitest';
import { type Session, SessionError, SessionProvider, useSession } from '../../src/index.js';
import { Deferred, watch } from '../support/promises.js';
import { leavePages, loadKnownPage, loadPage, type PageLoad, signIn } from './pageLoads.js';

afterEach(() => {
  cleanup();
  leavePages();
});

/** What a loader of a router does. */
function load({ client, queryClient }: PageLoad): Promise<Session | null> {
  return queryClient.ensureQueryData(sessionQueryOptions(client));
}

it('a loader that runs before the client is started waits for the session', async () => {
  const page = loadPage('ada');
  expect(await load(page)).toEqual({ user: { sub: 'ada' } });
});

it('a loader finds `null` if no user is signed in', async () => {
  expect(await load(loadPage(null))).toBeNull();
});

it('a loader finds the current session after a sign-out, a sign-in and an update of the claims', async () => {
  const page = await loadKnownPage('ada');
  await load(page);
  await page.client.logout();
  expect(await load(page)).toBeNull();
  await signIn(page, 'grace');
  expect(await load(page)).toEqual({ user: { sub: 'grace' } });
  page.source.session = { user: { sub: 'grace', name: 'Grace' } };
  await page.client.checkSession();
  expect(await load(page)).toEqual({ user: { sub: 'grace', name: 'Grace' } });
});

it('the session stays while it is expired, as in useSession()', async () => {
  const page = await loadKnownPage('ada');
  page.client.notifyRevoked();
  expect(page.client.getSnapshot().status).toBe('expired');
  expect(await load(page)).toEqual({ user: { sub: 'ada' } });
});

it('a loader rejects with the error of a source that cannot tell', async () => {
  const page = loadPage('ada', { refresh: { maxWait: '1s' } });
  page.source.answerSession = () => Promise.reject(new SessionError('ERR_NETWORK', 'no'));
  page.client.start();
  const { outcome } = await settled(page, load(page));
  expect(outcome).toBe('ERR_NETWORK');
});

it('a loader still resolves after StrictMode has stopped and started the client', async () => {
  const page = loadPage('ada');
  const answer = new Deferred<Session>();
  page.source.answerSession = () => answer.promise;
  page.client.start();
  const loaded = load(page);
  page.client.stop();
  page.client.start();
  answer.resolve({ user: { sub: 'ada' } });
  const { outcome } = await settled(page, loaded);
  expect(outcome).toEqual({ user: { sub: 'ada' } });
});

async function settled({ env }: PageLoad, promise: Promise<unknown>) {
  const watched = watch(promise);
  await vi.waitFor(async () => {
    await env.advance(1_000);
    expect(watched.outcome).not.toBe('pending');
  });
  return watched;
}

it('a sync does not remove the session, and updates it without the loader’s subscription', async () => {
  const page = await loadKnownPage('ada');
  const { client, queryClient } = page;
  const stop = syncQueryClient({ client, queryClient });
  const { queryKey } = sessionQueryOptions(client);
  queryClient.setQueryData(queryKey, client.getSnapshot().session);
  await signIn(page, 'grace');
  expect(queryClient.getQueryData(queryKey)).toEqual({ user: { sub: 'grace' } });
  stop();
});

it('a query that was removed from the cache is not created again by the next change', async () => {
  const page = await loadKnownPage('ada');
  await load(page);
  page.queryClient.clear();
  await signIn(page, 'grace');
  expect(page.queryClient.getQueryCache().getAll()).toEqual([]);
  expect(await load(page)).toEqual({ user: { sub: 'grace' } });
  await page.client.logout();
  expect(await load(page)).toBeNull();
});

it('is not passed to a persister of the app’s default options', async () => {
  const page = await loadKnownPage('ada');
  const persister = vi.fn();
  page.queryClient.setDefaultOptions({ queries: { persister } });
  expect(await load(page)).toEqual({ user: { sub: 'ada' } });
  expect(persister).not.toHaveBeenCalled();
});

it('contains no token', async () => {
  const page = await loadKnownPage('ada');
  expect(await page.client.getAccessToken()).toMatch(/^secret-/);
  expect(JSON.stringify(await load(page))).not.toContain('secret-');
});

it('useSuspenseQuery() shows the session at each render, never that of a former user', async () => {
  /** The users of each render: of the query, and of the session. */
  const rendered: [string | undefined, string | undefined][] = [];
  const page = loadPage('ada');
  const { client, queryClient, env } = page;
  function User(): ReactNode {
    const { data } = useSuspenseQuery(sessionQueryOptions(client));
    const shown = useSession(({ session }) => session?.user.sub);
    rendered.push([data?.user.sub, shown]);
    return <output>{data?.user.sub ?? 'no user'}</output>;
  }
  render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <SessionProvider client={client}>
          <QueryClientSync />
          <Suspense fallback={<output>loading</output>}>
            <User />
          </Suspense>
        </SessionProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
  env.runWork = (work) => act(work);
  await env.advance(0);
  expect((await screen.findByText('ada')).textContent).toBe('ada');
  await act(() => signIn(page, 'grace'));
  expect((await screen.findByText('grace')).textContent).toBe('grace');
  await act(() => client.logout());
  expect((await screen.findByText('no user')).textContent).toBe('no user');
  expect(rendered.filter(([data, shown]) => data !== shown)).toEqual([]);
});
