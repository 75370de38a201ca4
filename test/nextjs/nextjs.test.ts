import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch } from '../../bench/browser.js';
import { driveNextjs } from '../../bench/nextjs.js';
import { startExample } from '../../examples/nextjs-auth0/serve.js';
import { freePort } from '../../scripts/ports.js';
import { connection, patient, session, token, whenAsked } from './page.js';

describe('ten tabs of a Next.js app with ten callers each', () => {
  it('keep their sign-in over forty expiries, by one refresh at each', async () => {
    const { outcomes, refusals, counts } = await driveNextjs({ rounds: 40 });
    expect(outcomes).toEqual({ token: 4_000 });
    expect(refusals).toBe(0);
    expect(counts).toMatchObject({ refreshes: 40, refusedRefreshes: 0, reusedRefreshTokens: 0 });
  });
});

/** The stream by which the app's server tells its pages of a revocation. */
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

  async function openTab(path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(app.origin + path);
    return page;
  }

  /** `known`: the provider's own session stands, so that it asks nothing. */
  async function signIn(page: Page, { known = false } = {}): Promise<void> {
    const popup = context.waitForEvent('page');
    await page
      .getByRole('button', { name: /^Sign in/ })
      .last()
      .click();
    const button = (await popup).getByRole('button', { name: 'Continue as Ada Lovelace' });
    if (!known) await button.click();
    await expect.poll(() => session(page)).toContain('active');
  }

  const prompt = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));

  it('shows a signed-in page at once, as the server knew it, without a warning', async () => {
    const page = await openTab('/hybrid');
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await signIn(page);
    const response = await page.reload();
    expect(await response?.text()).toContain('Ada Lovelace');
    await expect.poll(() => token(page), patient).toContain('fresh');
    expect(complaints).toEqual([]);
  });

  it('renews its tokens silently, one refresh each', async () => {
    const page = await openTab('/rolling');
    await signIn(page);
    const seen: string[] = [];
    const watched = setInterval(() => void token(page).then((text) => seen.push(text)), 100);
    await expect.poll(() => app.counts().refreshes, patient).toBeGreaterThanOrEqual(3);
    clearInterval(watched);
    expect(seen.filter((text) => /expired|unavailable/.test(text))).toEqual([]);
    expect(app.counts()).toMatchObject({ refusedRefreshes: 0, reusedRefreshTokens: 0 });
  });

  it('hears within a second that the provider has ended the session elsewhere, in every tab', async () => {
    const pages = [await openTab('/hybrid')] as [Page, ...Page[]];
    await signIn(pages[0]);
    while (pages.length < 8) pages.push(await openTab('/hybrid'));
    for (const page of pages) await expect.poll(() => session(page), patient).toContain('active');
    await pages[0].getByLabel('Your note').fill('half typed');
    // A machine that is busy with other tests may be late; a page that has to ask for it is each time.
    let slowest = Number.POSITIVE_INFINITY;
    for (let time = 1; time <= 3 && slowest >= 1_000; time++) {
      const shown = pages.map(whenAsked);
      const endedAt = Date.now();
      await app.control('end-elsewhere');
      slowest = Math.max(...(await Promise.all(shown))) - endedAt;
      expect(await session(pages[1] as Page)).toContain('expired: revoked');

      const listening = context.waitForEvent('response', isEvents);
      await signIn(pages[0]);
      await listening;
      for (const page of pages) {
        await expect.poll(() => session(page), patient).toContain('active');
        await expect.poll(() => prompt(page).count(), patient).toBe(0);
      }
    }
    expect(slowest).toBeLessThan(1_000);
    expect(await pages[0].getByLabel('Your note').inputValue()).toBe('half typed');
  });

  it('hears of it in the very page in which the person signed in, and so after each sign-in', async () => {
    const page = await openTab('/hybrid');
    for (let time = 1; time <= 2; time++) {
      const listening = page.waitForResponse(isEvents);
      await signIn(page);
      await listening;
      await app.control('end-elsewhere');
      await prompt(page).waitFor();
      expect(await session(page)).toContain('expired: revoked');
    }
  });

  it('asks once when the refresh token was revoked, and lets the waiting call go on', async () => {
    const first = await openTab('/rolling');
    await signIn(first);
    const second = await openTab('/rolling');
    await expect.poll(() => token(second), patient).toContain('fresh');
    await app.control('revoke');
    await expect.poll(() => token(first), patient).toContain('unavailable: ERR_REFRESH_FAILED');
    expect(await session(first)).toContain('active');
    expect((await prompt(first).count()) + (await prompt(second).count())).toBe(0);
    await first.getByRole('button', { name: 'Send' }).click();
    await prompt(first).waitFor();
    expect(await prompt(second).count()).toBe(0);
    await second.getByRole('button', { name: 'Send' }).click();
    await signIn(second, { known: true });
    for (const page of [first, second]) {
      await expect.poll(() => page.getByLabel('Outcome').innerText(), patient).toBe('Sent.');
      expect(await prompt(page).count()).toBe(0);
    }
  });

  it('sits out a provider that is away for a minute past the token’s end', async () => {
    const page = await openTab('/hybrid');
    await signIn(page);
    await expect.poll(() => token(page), patient).toContain('fresh');
    await app.control('provider/stop');
    await expect.poll(() => connection(page), patient).toBe('degraded');
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

  it('lets a page open by its session, and a strict one by its token only', async () => {
    const page = await openTab('/hybrid');
    await signIn(page);
    const open = await openTab('/strict');
    await expect.poll(() => token(open), patient).toContain('fresh');
    await app.control('end-session');
    // In the page that is open, the person is asked for the same; the page stays.
    await prompt(open).waitFor();
    expect(new URL(open.url()).pathname).toBe('/strict');
    expect(await session(open)).toContain('expired: token-refresh-failed');

    const usual = await openTab('/session-only');
    expect(new URL(usual.url()).pathname).toBe('/session-only');
    // A page takes a token for dead a moment before the server does: until then it would open.
    const strict = await context.newPage();
    const landsAt = async () => {
      await strict.goto(`${app.origin}/strict`);
      return new URL(strict.url()).origin;
    };
    await expect.poll(landsAt, patient).toBe(app.issuer);
  });

  it('rolls the cookie when the person goes on, and not when it looks', async () => {
    const page = await openTab('/many-calls');
    await page.goto(`${app.origin}/auth/login?returnTo=/many-calls`);
    // The page listens as soon as it is hydrated: before that nothing notices that it was away.
    const hydrated = page.waitForRequest((request) => request.url().endsWith('/api/events'));
    await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
    await hydrated;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const expiry = async () =>
      (await context.cookies()).find(({ name }) => name === '__session')?.expires ?? 0;
    const before = await expiry();
    // Away and back: the source is asked who is there.
    await page.clock.install();
    await page.clock.fastForward('01:30');
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await expect.poll(() => asked, patient).toContain('/auth/profile');
    expect(await expiry()).toBe(before);
    await page.mouse.move(10, 10);
    await page.mouse.move(200, 200);
    await expect.poll(() => asked, patient).toContain('/api/extend');
    await expect.poll(expiry, patient).toBeGreaterThan(before);
  });
});
