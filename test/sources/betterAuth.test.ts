import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceEvent } from '../../src/index.js';
import { betterAuth } from '../../src/sources/better-auth.js';
import type { BetterAuthAppOptions } from '../browser/sources/betterAuthApp.ts';
import { BetterAuthPage } from './betterAuthPage.ts';
import { contextWith } from './sourceContext.ts';

let page: BetterAuthPage;

async function open(session?: BetterAuthAppOptions['session']): Promise<void> {
  page?.close();
  page = await BetterAuthPage.open({ session });
}
beforeEach(() => open());
afterEach(() => {
  vi.useRealTimers();
  page.close();
});

const create = (options?: Parameters<typeof betterAuth>[1]) => betterAuth(page.client, options);
const context = () => contextWith(page.fetch);
const readRequest = 'GET /api/auth/get-session?disableCookieCache=true&disableRefresh=true';

/** Lets the time pass for the server. */
function pass(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

describe('the session', () => {
  it('has the user, the start and the end, but not the token', async () => {
    await page.signIn();
    const session = await create().getSession(context());
    expect(session?.user).toMatchObject({ sub: session?.user['id'], name: 'Ada' });
    expect((session?.expiresAt ?? 0) - (session?.startedAt ?? 0)).toBeCloseTo(3_600_000, -3);
    expect(JSON.stringify(session)).not.toContain(page.app.tokens()[0]);
  });

  it('is not extended by reading it', async () => {
    await page.signIn();
    const before = await create().getSession(context());
    pass(600_000);
    expect(await create().getSession(context())).toEqual(before);
    expect(page.app.extensions).toEqual([]);
    expect(page.app.count(readRequest)).toBe(2);
  });

  it.each<[string, BetterAuthAppOptions['session']]>([
    ['', {}],
    [' with deferSessionRefresh', { deferSessionRefresh: true }],
    [' with a cookie cache', { cookieCache: { enabled: true } }],
  ])('is extended%s', async (_name, session) => {
    await open(session);
    await page.signIn();
    pass(600_000);
    const extended = await create().extend?.(context());
    expect(extended?.expiresAt).toBe(Date.now() + 3_600_000);
    expect(page.app.extensions).toHaveLength(1);
  });

  it('keeps its end if it was extended less than updateAge ago', async () => {
    await open({ updateAge: 900 });
    await page.signIn();
    const before = await create().getSession(context());
    pass(600_000);
    expect(await create().extend?.(context())).toEqual(before);
  });

  it('is read from the database if it was revoked, also with a cookie cache', async () => {
    await open({ cookieCache: { enabled: true } });
    await page.signIn();
    page.app.endSessions();
    expect(await create().getSession(context())).toBeNull();
  });

  it.each([
    [401, '{}', null],
    [404, '{}', 'ERR_BAD_RESPONSE'],
    [429, '{}', 'ERR_RATE_LIMITED'],
    [200, '<html>', 'ERR_BAD_RESPONSE'],
  ])('after HTTP %d with %s is %s', async (status, body, outcome) => {
    const headers = { 'Content-Type': 'application/json', 'Retry-After': '7' };
    const fetch = async () => new Response(body, { status, headers });
    const session = await create()
      .getSession(contextWith(fetch))
      .catch((error) => error);
    expect(session?.code ?? session).toBe(outcome);
    if (status === 429) expect(session.retryAfter).toBe(7_000);
  });
});

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
    const signedIn = nextEvent();
    await page.signIn();
    await signedIn;
    const reads = page.app.count(readRequest);
    const onEvent = vi.fn();
    const stop = create().subscribe?.(onEvent);
    await create().logout?.({}, context());
    stop?.();
    expect(onEvent).not.toHaveBeenCalled();
    expect(page.app.count(readRequest)).toBe(reads);
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
    pass(2_000);
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

describe('a client', () => {
  it('with the option throw changes nothing', async () => {
    const { createAuthClient } = await import('better-auth/client');
    const client = createAuthClient({ baseURL: location.origin, fetchOptions: { throw: true } });
    const fetch = async () => new Response('{}', { status: 401 });
    expect(await betterAuth(client).getSession(contextWith(fetch))).toBeNull();
    const failing = contextWith(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(betterAuth(client).getSession(failing)).rejects.toThrow();
  });

  it('that hides a network failure does not end the session', async () => {
    const $fetch = async () => ({ data: null, error: { status: 500 } });
    const session = betterAuth({ $fetch, $store: page.client.$store }).getSession(context());
    await expect(session).rejects.toMatchObject({ code: 'ERR_NETWORK' });
  });

  it('of the server is refused', () => {
    expect(() => betterAuth({ api: {} } as never)).toThrow(/createAuthClient/);
  });
});
