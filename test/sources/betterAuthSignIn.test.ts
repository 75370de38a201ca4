import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceEvent } from '../../src/index.js';
import { betterAuth } from '../../src/sources/better-auth.js';
import { BetterAuthPage } from './betterAuthPage.ts';
import { contextWith } from './sourceContext.ts';

let page: BetterAuthPage;

beforeEach(async () => {
  page = await BetterAuthPage.open();
});
afterEach(() => {
  vi.useRealTimers();
  page.close();
});

const create = (options?: Parameters<typeof betterAuth>[1]) => betterAuth(page.client, options);
const context = () => contextWith(page.fetch);
const readRequest = 'GET /api/auth/get-session?disableCookieCache=true&disableRefresh=true';

describe('a sign-in or a sign-out with the client', () => {
  /** Resolves with the next event of the source. */
  const nextEvent = () =>
    new Promise<SourceEvent>((resolve) => {
      const stop = create().subscribe?.((event) => {
        stop?.();
        resolve(event);
      });
    });

  it('is reported', async () => {
    const signedIn = nextEvent();
    await page.signIn();
    expect(await signedIn).toMatchObject({ session: { user: { name: 'Ada' } } });
    const signedOut = nextEvent();
    await page.client.signOut();
    expect(await signedOut).toEqual({ type: 'session', session: null });
  });

  it('is not reported if it was made by the source', async () => {
    await page.signIn();
    const onEvent = vi.fn();
    const stop = create().subscribe?.(onEvent);
    await create().logout?.({}, context());
    stop?.();
    expect(onEvent).not.toHaveBeenCalled();
    expect(page.app.count(readRequest)).toBe(0);
  });
});

describe('a sign-out', () => {
  it('ends the session, tells the hooks of the SDK, and leaves the page for returnTo', async () => {
    await page.signIn();
    const onSignal = vi.fn();
    page.client.$store.atoms['$sessionSignal']?.listen(onSignal);
    await create().logout?.({ returnTo: '/bye' }, context());
    expect(page.app.tokens()).toEqual([]);
    expect(onSignal).toHaveBeenCalledTimes(1);
    expect(page.visited).toEqual(['/bye']);
  });

  it('leaves the page to the SDK if the provider signs out too', async () => {
    const fetch = vi.fn(async (_input: unknown, _init?: RequestInit) =>
      Response.json({ success: true, redirect: true, url: 'https://op.test/end' }),
    );
    await create().logout?.({ returnTo: '/bye' }, contextWith(fetch as typeof globalThis.fetch));
    const body = JSON.parse(String(fetch.mock.lastCall?.[1]?.body));
    expect(body).toEqual({ callbackURL: `${location.origin}/bye` });
    expect(page.visited).toEqual([]);
  });

  it('after the end of the session leaves a later sign-in of another tab', async () => {
    const source = create();
    await page.signIn();
    await source.getSession(context());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2_000 });
    await page.signIn();
    await source.clear?.('idle', context());
    expect(await source.getSession(context())).not.toBeNull();
    await source.clear?.('idle', context());
    expect(await source.getSession(context())).toBeNull();
  });
});

describe('a sign-in', () => {
  const cancelled = { code: 'ERR_LOGIN_CANCELLED' };
  const aborted = () => contextWith(page.fetch, { signal: AbortSignal.abort() });

  it('leaves the page for the page of the app', async () => {
    const login = create({ login: '/sign-in' }).login?.({ loginHint: 'ada' }, aborted());
    await expect(login).rejects.toMatchObject(cancelled);
    expect(page.visited).toEqual(['/sign-in?login_hint=ada&callbackURL=%2Freports%3Fpage%3D2']);
  });

  it('opens a pop-up if the app has a page at which it ends', async () => {
    const open = vi.fn(() => ({ location: {}, close: () => {} }));
    vi.stubGlobal('open', open);
    const login = { page: '/sign-in?x=1', returnParam: 'next', popupReturn: '/signed-in' };
    await expect(create({ login }).login?.({}, aborted())).rejects.toMatchObject(cancelled);
    const address = '/sign-in?x=1&next=%2Fsigned-in';
    expect(open).toHaveBeenCalledWith(address, '_blank', expect.any(String));
  });

  it('in a pop-up is refused without such a page', async () => {
    const login = create({ login: '/sign-in' }).login?.({ display: 'popup' }, aborted());
    await expect(login).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' });
  });

  it('is a function or a form of the app', async () => {
    const login = vi.fn(async () => {});
    await create({ login }).login?.({}, context());
    expect(login).toHaveBeenCalled();
    expect(create().login).toBeUndefined();
  });
});
