import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { betterAuth } from '../../src/sources/better-auth.js';
import type { BetterAuthAppOptions } from '../browser/sources/betterAuthApp.ts';
import { BetterAuthPage } from './betterAuthPage.ts';
import { contextWith } from './sourceContext.ts';

let page: BetterAuthPage;

async function open(session?: BetterAuthAppOptions['session'], stateless = false): Promise<void> {
  page?.close();
  page = await BetterAuthPage.open({ session, stateless });
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

  it('without a database is read from the cookies by each instance of the server', async () => {
    await open({}, true);
    await page.signIn();
    page.replaceApp();
    expect(await create({ stateless: true }).getSession(context())).toMatchObject({
      user: { name: 'Ada' },
    });
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
