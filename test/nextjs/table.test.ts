import { Auth0Client } from '@auth0/nextjs-auth0/server';
import { NextRequest } from 'next/server.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch } from '../../bench/browser.js';
import { startExample } from '../../examples/nextjs-auth0/serve.js';
import { freePort } from '../../scripts/ports.js';
import { nextjsAuth0 } from '../../src/sources/nextjs-auth0.js';
import { connection, patient, session, token } from './page.js';

/** What the SDK does and says, and what the hooks make of it, with nothing but the SDK's own routes. */
describe('with nextjs-auth0 as it is', () => {
  let app: Awaited<ReturnType<typeof startExample>>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const port = await freePort(3_400);
    app = await startExample({ port, accessTokenTtl: 4, sessions: 'cookie' });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    for (const calm of [
      'provider/start',
      'tokens/grant',
      'refresh-tokens/on',
      'session-ceiling/none',
    ])
      await app.control(calm);
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterEach(() => context.close());

  async function signIn(): Promise<void> {
    await page.goto(`${app.origin}/auth/login?returnTo=/plain`);
    await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
    await expect.poll(() => token(page), patient).toContain('fresh');
  }

  /** The SDK's own two answers. */
  async function answers(): Promise<unknown[]> {
    const profile = await page.request.get(`${app.origin}/auth/profile`);
    const access = await page.request.get(`${app.origin}/auth/access-token`);
    const { error } = await access.json();
    return [profile.status(), access.status(), error?.code ?? error];
  }

  async function shows(said: { session: string; token: string; connection: string }) {
    await expect.poll(() => token(page), patient).toContain(said.token);
    await expect.poll(() => session(page), patient).toContain(said.session);
    await expect.poll(() => connection(page), patient).toBe(said.connection);
  }

  const signedOut = { session: 'signed-out', token: 'none', connection: 'online' };
  const ended = {
    session: 'expired: revoked',
    token: 'unavailable: ERR_MISSING_SESSION',
    connection: 'online',
  };
  const unclear = { session: 'active', token: 'expired: ERR_SERVER', connection: 'degraded' };

  it('nobody is signed-out', async () => {
    await page.goto(`${app.origin}/plain`);
    await shows(signedOut);
    expect(await answers()).toEqual([401, 401, 'missing_session']);
  });

  it('nobody is nobody by 204 too', async () => {
    const auth0 = new Auth0Client({
      domain: app.issuer,
      clientId: app.webClientId,
      clientSecret: app.webClientSecret,
      secret: 'a'.repeat(64),
      appBaseUrl: app.origin,
      allowInsecureRequests: true,
      noContentProfileResponseWhenUnauthenticated: true,
    });
    const asked: number[] = [];
    const answer = await nextjsAuth0().getSession({
      signal: new AbortController().signal,
      forceRefresh: false,
      now: () => Date.now(),
      fetch: async (input) => {
        const response = await auth0.middleware(
          new NextRequest(new URL(String(input), app.origin)),
        );
        asked.push(response.status);
        return response;
      },
    });
    expect([answer, asked]).toEqual([null, [204]]);
  });

  it('who has logged out is signed-out', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${app.origin}/`);
    await page.goto(`${app.origin}/plain`);
    await shows(signedOut);
  });

  it('a cookie that was tampered with is nobody', async () => {
    await signIn();
    await context.addCookies([{ name: '__session', value: 'x', url: app.origin }]);
    expect(await answers()).toEqual([401, 401, 'missing_session']);
    await shows(ended);
  });

  it('a fresh token is fresh, and renewed when it has expired', async () => {
    await signIn();
    await shows({ session: 'active', token: 'fresh', connection: 'online' });
    expect(await answers()).toEqual([200, 200, undefined]);
    const before = app.counts().refreshes;
    await expect.poll(() => app.counts().refreshes, patient).toBeGreaterThan(before);
    await shows({ session: 'active', token: 'fresh', connection: 'online' });
  });

  it('an expired token without a refresh token is unavailable', async () => {
    await app.control('refresh-tokens/off');
    await signIn();
    await shows({
      session: 'active',
      token: 'unavailable: ERR_MISSING_REFRESH_TOKEN',
      connection: 'online',
    });
    expect(await answers()).toEqual([200, 401, 'missing_refresh_token']);
  });

  it.each([
    ['revoked refresh token', 'revoke'],
    ['provider that is down', 'provider/stop'],
    ['provider that answers 429', 'tokens/refuse-429'],
    ['provider that answers 500', 'tokens/refuse-500'],
  ])('a %s may be an outage', async (_name, cause) => {
    await signIn();
    await app.control(cause);
    await shows(unclear);
    expect(await answers()).toEqual([200, 401, 'failed_to_refresh_token']);
  });

  it('a discovery that is down is an outage', async () => {
    await signIn();
    await app.stopApp();
    await app.control('provider/stop');
    await app.startApp();
    await shows(unclear);
    expect(await answers()).toEqual([200, 401, 'discovery_error']);
  });

  it('a session that has passed the provider’s ceiling is over', async () => {
    await app.control('session-ceiling/36s');
    await signIn();
    await shows(ended);
    expect(await answers()).toEqual([401, 401, 'missing_session']);
  });

  it('a second factor that is due asks for a step up', async () => {
    await signIn();
    await app.control('tokens/refuse-mfa');
    await shows({
      session: 'active',
      token: 'unavailable: ERR_STEP_UP_REQUIRED',
      connection: 'online',
    });
    expect(await answers()).toEqual([200, 403, 'mfa_required']);
  });

  it('an app that is down is an outage', async () => {
    await signIn();
    await app.stopApp();
    await shows({ session: 'active', token: 'expired: ERR_NETWORK', connection: 'degraded' });
    await app.startApp();
    await shows({ session: 'active', token: 'fresh', connection: 'online' });
  });
});
