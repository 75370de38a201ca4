import { Auth0Client } from '@auth0/nextjs-auth0/server';
import { NextRequest } from 'next/server.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch } from '../../bench/browser.js';
import { startExample } from '../../examples/nextjs-auth0/serve.js';
import { freePort } from '../../scripts/ports.js';
import { nextjsAuth0 } from '../../src/sources/nextjs-auth0.js';
import { connection, longPoll, session, token } from './page.js';

/** The SDK's answers and the resulting states of the hooks, with the SDK's own routes only. */
describe('with the routes of nextjs-auth0 only', () => {
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
    for (const action of [
      'provider/start',
      'tokens/grant',
      'refresh-tokens/on',
      'session-ceiling/none',
    ])
      await app.control(action);
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterEach(() => context.close());

  async function signIn(): Promise<void> {
    await page.goto(`${app.origin}/auth/login?returnTo=/plain`);
    await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
    await expect.poll(() => token(page), longPoll).toContain('fresh');
  }

  /** The SDK's answers: the profile's status, the token's status and the token's error. */
  async function sdkAnswers(): Promise<unknown[]> {
    const profile = await page.request.get(`${app.origin}/auth/profile`);
    const access = await page.request.get(`${app.origin}/auth/access-token`);
    const { error } = await access.json();
    return [profile.status(), access.status(), error?.code ?? error];
  }

  async function expectPage(expected: { session: string; token: string; connection: string }) {
    await expect.poll(() => token(page), longPoll).toContain(expected.token);
    await expect.poll(() => session(page), longPoll).toContain(expected.session);
    await expect.poll(() => connection(page), longPoll).toBe(expected.connection);
  }

  const signedOut = { session: 'signed-out', token: 'none', connection: 'online' };
  const ended = {
    session: 'expired: revoked',
    token: 'unavailable: ERR_MISSING_SESSION',
    connection: 'online',
  };
  const outage = { session: 'active', token: 'expired: ERR_SERVER', connection: 'degraded' };

  it('shows signed-out without a session', async () => {
    await page.goto(`${app.origin}/plain`);
    await expectPage(signedOut);
    expect(await sdkAnswers()).toEqual([401, 401, 'missing_session']);
  });

  it('reads a profile answer of 204 as no session', async () => {
    const auth0 = new Auth0Client({
      domain: app.issuer,
      clientId: app.webClientId,
      clientSecret: app.webClientSecret,
      secret: 'a'.repeat(64),
      appBaseUrl: app.origin,
      allowInsecureRequests: true,
      noContentProfileResponseWhenUnauthenticated: true,
    });
    const statuses: number[] = [];
    const answer = await nextjsAuth0().getSession({
      signal: new AbortController().signal,
      forceRefresh: false,
      now: () => Date.now(),
      fetch: async (input) => {
        const response = await auth0.middleware(
          new NextRequest(new URL(String(input), app.origin)),
        );
        statuses.push(response.status);
        return response;
      },
    });
    expect([answer, statuses]).toEqual([null, [204]]);
  });

  it('shows signed-out after a sign-out', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${app.origin}/`);
    await page.goto(`${app.origin}/plain`);
    await expectPage(signedOut);
  });

  it('ends the session after the cookie was changed', async () => {
    await signIn();
    await context.addCookies([{ name: '__session', value: 'x', url: app.origin }]);
    expect(await sdkAnswers()).toEqual([401, 401, 'missing_session']);
    await expectPage(ended);
  });

  it('shows a fresh token, and refreshes it when it expires', async () => {
    await signIn();
    await expectPage({ session: 'active', token: 'fresh', connection: 'online' });
    expect(await sdkAnswers()).toEqual([200, 200, undefined]);
    const before = app.counts().refreshes;
    await expect.poll(() => app.counts().refreshes, longPoll).toBeGreaterThan(before);
    await expectPage({ session: 'active', token: 'fresh', connection: 'online' });
  });

  it('shows an expired token without a refresh token as unavailable', async () => {
    await app.control('refresh-tokens/off');
    await signIn();
    await expectPage({
      session: 'active',
      token: 'unavailable: ERR_MISSING_REFRESH_TOKEN',
      connection: 'online',
    });
    expect(await sdkAnswers()).toEqual([200, 401, 'missing_refresh_token']);
  });

  it.each([
    ['the refresh token is revoked', 'revoke'],
    ['the provider is down', 'provider/stop'],
    ['the provider answers 429', 'tokens/refuse-429'],
    ['the provider answers 500', 'tokens/refuse-500'],
  ])('assumes an outage while %s', async (_name, cause) => {
    await signIn();
    await app.control(cause);
    await expectPage(outage);
    expect(await sdkAnswers()).toEqual([200, 401, 'failed_to_refresh_token']);
  });

  it('assumes an outage while the provider’s discovery fails', async () => {
    await signIn();
    await app.stopApp();
    await app.control('provider/stop');
    await app.startApp();
    await expectPage(outage);
    expect(await sdkAnswers()).toEqual([200, 401, 'discovery_error']);
  });

  it('ends the session at the provider’s session_expiry', async () => {
    await app.control('session-ceiling/36s');
    await signIn();
    await expectPage(ended);
    expect(await sdkAnswers()).toEqual([401, 401, 'missing_session']);
  });

  it('shows ERR_STEP_UP_REQUIRED when the provider requires a second factor', async () => {
    await signIn();
    await app.control('tokens/refuse-mfa');
    await expectPage({
      session: 'active',
      token: 'unavailable: ERR_STEP_UP_REQUIRED',
      connection: 'online',
    });
    expect(await sdkAnswers()).toEqual([200, 403, 'mfa_required']);
  });

  it('keeps the session while the app’s server is down', async () => {
    await signIn();
    await app.stopApp();
    await expectPage({ session: 'active', token: 'expired: ERR_NETWORK', connection: 'degraded' });
    await app.startApp();
    await expectPage({ session: 'active', token: 'fresh', connection: 'online' });
  });
});
