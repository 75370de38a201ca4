import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen } from '@testing-library/react';
import { createMemoryRouter, type RouteObject, RouterProvider } from 'react-router';
import { type SessionClient, SessionProvider } from 'session-clock';
import type { TestSource } from 'session-clock/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { source as ownSource } from './ownApp/index.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const source = ownSource as TestSource;
let client: SessionClient;
let router: ReturnType<typeof createMemoryRouter>;

beforeEach(async () => {
  ({ client } = await import('snippet:docs/api-calls.md#src/api.ts'));
  // The API answers with the token that it has received.
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (request) => {
    return new Response(`notes for ${(request as Request).headers.get('Authorization')}`);
  });
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  source.recover();
  await act(() => client.logout());
  cleanup();
  vi.restoreAllMocks();
});

async function open(path: string): Promise<void> {
  const { routes } = await import('snippet:docs/recipes.md#src/routes.tsx');
  router = createMemoryRouter(routes as RouteObject[], { initialEntries: [path] });
  await act(async () => {
    render(
      <SessionProvider client={client}>
        <RouterProvider router={router} />
      </SessionProvider>,
    );
  });
}

/** The address that the router shows, once it is idle. */
async function address(): Promise<string> {
  await vi.waitFor(() => {
    expect(router.state).toMatchObject({
      initialized: true,
      navigation: { state: 'idle' },
      revalidation: 'idle',
    });
  });
  const { pathname, search } = router.state.location;
  return pathname + search;
}

describe('docs/recipes.md: React Router', () => {
  it('opens a page with a session, and loads its data with the token', async () => {
    await act(() => client.login());
    await open('/notes');
    expect(await screen.findByText(/^notes for Bearer test-token-/)).toBeVisible();
  });

  it('redirects to the sign-in page without a session, and remembers the address', async () => {
    await act(() => client.logout());
    await open('/notes?page=2');
    expect(await address()).toBe('/sign-in?returnTo=%2Fnotes%3Fpage%3D2');
    await act(async () => screen.getByRole('button', { name: 'Sign in' }).click());
    expect(source.loginRequests.at(-1)).toEqual({ display: 'redirect', returnTo: '/notes?page=2' });
  });

  it('does not send a sign-in to another site, whatever the link to the sign-in page says', async () => {
    await act(() => client.logout());
    const count = source.loginRequests.length;
    await open('/sign-in?returnTo=//evil.example');
    await act(async () => screen.getByRole('button', { name: 'Sign in' }).click());
    expect(source.loginRequests).toHaveLength(count);
  });

  it('waits for the new sign-in if the session has ended and a dialog can ask', async () => {
    await act(() => client.login());
    await open('/sign-in');
    const removePrompt = client.addLoginPrompt();
    await act(async () => client.notifyRevoked());
    await act(async () => void router.navigate('/notes'));
    expect(router.state.navigation.state).toBe('loading');
    await act(() => client.login());
    expect(await screen.findByText(/^notes for/)).toBeVisible();
    removePrompt();
  });

  it('shows nothing of the former user when another user has signed in, and loads again', async () => {
    await act(() => client.login());
    await open('/notes');
    const former = (await screen.findByText(/^notes for/)).textContent ?? '';
    let answer = (_: Response): void => {};
    vi.mocked(fetch).mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    await act(async () => source.emit({ type: 'session', session: { user: { sub: 'grace' } } }));
    expect(client.getSnapshot().session?.user.sub).toBe('grace');
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
    expect(screen.queryByText(former)).toBeNull();
    await act(async () => answer(new Response('notes of Grace')));
    expect(await screen.findByText('notes of Grace')).toBeVisible();
  });

  it('leaves a private page after a sign-out', async () => {
    await act(() => client.login());
    await open('/notes');
    await screen.findByText(/^notes for/);
    await act(() => client.logout());
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeVisible();
    expect(await address()).toBe('/sign-in?returnTo=%2Fnotes');
  });
});
