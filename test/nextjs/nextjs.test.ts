import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch } from '../../bench/browser.js';
import { driveNextjs } from '../../bench/nextjs.js';
import { startExample } from '../../examples/nextjs-auth0/serve.js';
import { freePort } from '../../scripts/ports.js';
import { axeViolations } from '../browser/support/axeViolations.ts';
import { connection, dialogOpenTime, longPoll, session, token } from './page.js';

describe('ten tabs of a Next.js app with ten callers each', () => {
  it('keep their sign-in over forty expiries, with one refresh per expiry', async () => {
    const { outcomes, refusals, counts, expiries } = await driveNextjs({ rounds: 40 });
    expect(outcomes).toEqual({ token: 4_000 });
    expect(refusals).toBe(0);
    expect(counts).toMatchObject({ refusedRefreshes: 0, reusedRefreshTokens: 0 });
    expect(counts.refreshes).toBeGreaterThanOrEqual(40);
    expect(counts.refreshes).toBeLessThanOrEqual(expiries);
  });
});

/** The stream of server-sent events with the revocations. */
const isEvents = (response: Response): boolean => response.url().endsWith('/api/events');

describe('a Next.js app with nextjs-auth0', () => {
  let app: Awaited<ReturnType<typeof startExample>>;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    app = await startExample({ port: await freePort(3_200), accessTokenTtl: 6 });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    await app.control('provider/start');
    await app.control('reset-counts');
    context = await browser.newContext();
  });
  afterEach(() => context.close());

  // 127.0.0.2 is loopback too, but only a server that listens on all interfaces answers there.
  it('listens on 127.0.0.1 only', async () => {
    const other = app.origin.replace('localhost', '127.0.0.2');
    await expect(fetch(other)).rejects.toThrow('fetch failed');
  });

  async function openTab(path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(app.origin + path);
    return page;
  }

  /** `silent`: the provider has a session of the user, so it shows no login page. */
  async function signIn(page: Page, { silent = false } = {}): Promise<void> {
    const popup = context.waitForEvent('page');
    await page
      .getByRole('button', { name: /^Sign in/ })
      .last()
      .click();
    const button = (await popup).getByRole('button', { name: 'Continue as Ada Lovelace' });
    if (!silent) await button.click();
    await expect.poll(() => session(page)).toContain('active');
  }

  const prompt = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));

  it('renders the signed-in user on the server, and hydrates without a warning', async () => {
    const page = await openTab('/hybrid');
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(String(error)));
    await signIn(page);
    const response = await page.reload();
    expect(await response?.text()).toContain('Ada Lovelace');
    await expect.poll(() => token(page), longPoll).toContain('fresh');
    expect(messages).toEqual([]);
  });

  it('violates no rule of axe, before and after the sign-in', async () => {
    const page = await openTab('/hybrid');
    await page
      .getByRole('button', { name: /^Sign in/ })
      .last()
      .waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await signIn(page);
    expect(await axeViolations(page)).toEqual([]);
  });

  it('refreshes each token silently', async () => {
    const page = await openTab('/rolling');
    await signIn(page);
    const seen: string[] = [];
    const watcher = setInterval(() => void token(page).then((text) => seen.push(text)), 100);
    await expect.poll(() => app.counts().refreshes, longPoll).toBeGreaterThanOrEqual(3);
    clearInterval(watcher);
    expect(seen.filter((text) => /expired|unavailable/.test(text))).toEqual([]);
    expect(app.counts()).toMatchObject({ refusedRefreshes: 0, reusedRefreshTokens: 0 });
  });

  it('ends the session in every tab within a second after a back-channel logout', async () => {
    const pages = [await openTab('/hybrid')] as [Page, ...Page[]];
    await signIn(pages[0]);
    while (pages.length < 8) pages.push(await openTab('/hybrid'));
    for (const page of pages) await expect.poll(() => session(page), longPoll).toContain('active');
    await pages[0].getByLabel('Your note').fill('half typed');
    // Up to three attempts: a busy machine may be late once, but a page that polls is late each time.
    let slowest = Number.POSITIVE_INFINITY;
    for (let time = 1; time <= 3 && slowest >= 1_000; time++) {
      const openTimes = pages.map(dialogOpenTime);
      const endedAt = Date.now();
      await app.control('back-channel-logout');
      slowest = Math.max(...(await Promise.all(openTimes))) - endedAt;
      expect(await session(pages[1] as Page)).toContain('expired: revoked');

      const subscribed = context.waitForEvent('response', isEvents);
      await signIn(pages[0]);
      await subscribed;
      for (const page of pages) {
        await expect.poll(() => session(page), longPoll).toContain('active');
        await expect.poll(() => prompt(page).count(), longPoll).toBe(0);
      }
    }
    expect(slowest).toBeLessThan(1_000);
    expect(await pages[0].getByLabel('Your note').inputValue()).toBe('half typed');
  });

  it('receives the back-channel logout also in the page in which the user signed in, each time', async () => {
    const page = await openTab('/hybrid');
    for (let time = 1; time <= 2; time++) {
      const subscribed = page.waitForResponse(isEvents);
      await signIn(page);
      await subscribed;
      await app.control('back-channel-logout');
      await prompt(page).waitFor();
      expect(await session(page)).toContain('expired: revoked');
    }
  });

  it('asks for one sign-in after the refresh token was revoked, and continues the waiting calls', async () => {
    const first = await openTab('/rolling');
    await signIn(first);
    const second = await openTab('/rolling');
    await expect.poll(() => token(second), longPoll).toContain('fresh');
    await app.control('revoke');
    await expect.poll(() => token(first), longPoll).toContain('unavailable: ERR_REFRESH_FAILED');
    expect(await session(first)).toContain('active');
    expect((await prompt(first).count()) + (await prompt(second).count())).toBe(0);
    await first.getByRole('button', { name: 'Send' }).click();
    await prompt(first).waitFor();
    expect(await prompt(second).count()).toBe(0);
    await second.getByRole('button', { name: 'Send' }).click();
    await signIn(second, { silent: true });
    for (const page of [first, second]) {
      await expect.poll(() => page.getByLabel('Outcome').innerText(), longPoll).toBe('Sent.');
      expect(await prompt(page).count()).toBe(0);
    }
  });

  it('keeps the session while the provider is down for a minute after the token’s expiry', async () => {
    const page = await openTab('/hybrid');
    await signIn(page);
    await expect.poll(() => token(page), longPoll).toContain('fresh');
    await app.control('provider/stop');
    await expect.poll(() => connection(page), longPoll).toBe('degraded');
    const until = Date.now() + 60_000;
    while (Date.now() < until) {
      expect(await session(page)).toContain('active');
      expect(await prompt(page).count()).toBe(0);
      await page.waitForTimeout(1_000);
    }
    expect(await token(page)).toContain('expired: ERR_SERVER');
    await app.control('provider/start');
    await expect.poll(() => token(page), { timeout: 90_000, interval: 200 }).toContain('fresh');
    expect(await connection(page)).toBe('online');
  });

  it('opens a page with a session, and a strict one only with a valid token', async () => {
    const page = await openTab('/hybrid');
    await signIn(page);
    const open = await openTab('/strict');
    await expect.poll(() => token(open), longPoll).toContain('fresh');
    await app.control('end-session');
    // The open page stays, and asks the user to sign in again.
    await prompt(open).waitFor();
    expect(new URL(open.url()).pathname).toBe('/strict');
    expect(await session(open)).toContain('expired: token-refresh-failed');

    const sessionOnly = await openTab('/session-only');
    expect(new URL(sessionOnly.url()).pathname).toBe('/session-only');
    // The page treats the token as expired a moment before the server does, so the server is polled.
    const strict = await context.newPage();
    const landingOrigin = async () => {
      await strict.goto(`${app.origin}/strict`);
      return new URL(strict.url()).origin;
    };
    await expect.poll(landingOrigin, longPoll).toBe(app.issuer);
  });

  it('extends the cookie on the user’s activity, and not when it reads the session', async () => {
    const page = await openTab('/many-calls');
    await page.goto(`${app.origin}/auth/login?returnTo=/many-calls`);
    // The page subscribes when it hydrates; before that it cannot notice the sleep.
    const hydrated = page.waitForRequest((request) => request.url().endsWith('/api/events'));
    await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
    await hydrated;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    const expiry = async () =>
      (await context.cookies()).find(({ name }) => name === '__session')?.expires ?? 0;
    const before = await expiry();
    // After a sleep, the source's session is requested.
    await page.clock.install();
    await page.clock.fastForward('01:30');
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await expect.poll(() => requests, longPoll).toContain('/auth/profile');
    expect(await expiry()).toBe(before);
    await page.mouse.move(10, 10);
    await page.mouse.move(200, 200);
    await expect.poll(() => requests, longPoll).toContain('/api/extend');
    await expect.poll(expiry, longPoll).toBeGreaterThan(before);
  });
});
