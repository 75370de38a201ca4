import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionClient } from '../../src/index.js';
import { authJs } from '../../src/sources/auth-js.js';
import { betterAuth } from '../../src/sources/better-auth.js';
import { AuthJsPage } from './authJsPage.ts';
import { BetterAuthPage } from './betterAuthPage.ts';
import { leaveOpen } from './untouchedPage.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Reads the end, and checks that the page had the session all the time. */
function endOf(client: SessionClient): number | undefined {
  const { status, session } = client.getSnapshot();
  expect(status).toBe('active');
  client.stop();
  return session?.expiresAt;
}

describe('15 minutes of an open page without activity do not extend the session of', () => {
  it('authJs with routes, while its token is refreshed', async () => {
    let grants = 0;
    const page = await AuthJsPage.open({
      tokens: { access_token: 'a', refresh_token: 'r', expires_at: Date.now() / 1_000 + 120 },
      refresh: async () => ({ access_token: `a${grants++}`, expires_in: 120 }),
    });
    await page.signIn();
    const end = Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000;
    const routes = { session: '/api/session', accessToken: '/api/access-token' };
    const client = await leaveOpen(authJs({ routes }), page.fetch);
    expect(endOf(client)).toBe(end);
    expect(grants).toBeGreaterThan(6);
    expect(page.app.count('GET /api/session')).toBeGreaterThan(10);
    expect(page.app.count('GET /api/auth/session')).toBe(0);
    page.close();
  });

  it('authJs without routes, after the request at the start', async () => {
    const page = await AuthJsPage.open();
    await page.signIn();
    const end = Date.now() + 3_600_000;
    const client = await leaveOpen(authJs(), page.fetch);
    expect(endOf(client)).toBe(end);
    expect(page.app.count('GET /api/auth/session')).toBe(1);
    page.close();
  });

  it('betterAuth', async () => {
    const page = await BetterAuthPage.open();
    await page.signIn();
    const end = Date.now() + 3_600_000;
    const client = await leaveOpen(betterAuth(page.client), page.fetch);
    expect(endOf(client)).toBe(end);
    expect(page.app.requests.filter((each) => each.includes('get-session')).length).toBeGreaterThan(
      10,
    );
    expect(page.app.extensions).toEqual([]);
    page.close();
  });
});
