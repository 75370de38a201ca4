import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch } from '../../bench/browser.js';
import { driveExpiries } from '../../bench/expiries.js';
import { openTab, signIn, startSite } from '../../bench/site.js';
import { expectNoUserData } from './support/storageSearch.ts';

describe('ten tabs with a hundred callers each', () => {
  it('cost twenty refreshes at twenty successive expiries, and no call is rejected', async () => {
    const { outcomes, counts } = await driveExpiries();
    expect(outcomes).toEqual({ token: 20_000 });
    expect(counts).toMatchObject({ refreshes: 20, refusedRefreshes: 0, reusedRefreshTokens: 0 });
  });
});

describe('the tabs of a browser', () => {
  let site: Awaited<ReturnType<typeof startSite>>;
  let context: BrowserContext;

  beforeAll(async () => {
    site = await startSite({ accessTokenTtl: 60 });
  });
  afterAll(() => site.stop());
  beforeEach(async () => {
    context = await site.profile();
  });
  afterEach(async () => {
    await expectNoUserData(context.pages(), site.app);
    await context.close();
  });

  async function openTabs(count: number): Promise<[Page, ...Page[]]> {
    const first = await openTab(context, `${site.app}/?retain`);
    await signIn(first);
    const others: Page[] = [];
    while (others.length < count - 1) others.push(await openTab(context, `${site.app}/?retain`));
    for (const page of others) await page.waitForFunction(() => window.tab.state().token !== null);
    return [first, ...others];
  }

  const state = (page: Page) => page.evaluate(() => window.tab.state());

  it('all end within a second when one of twenty tabs signs out', async () => {
    const [first, ...others] = await openTabs(20);
    const endTimes = others.map((page) =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            window.tab.client.on('session-ended', () => resolve(Date.now()));
          }),
      ),
    );
    const signedOutAt = await first.evaluate(() => {
      // The sign-out is a redirect: the others are informed while this page unloads.
      void window.tab.client.logout();
      return Date.now();
    });
    const delays = (await Promise.all(endTimes)).map((at) => at - signedOutAt);
    expect(Math.max(...delays)).toBeLessThan(1_000);
    await expect.poll(() => new URL(first.url()).origin).toBe(site.demo.issuer);
    for (const page of others)
      expect(await state(page)).toMatchObject({ reason: 'signed-out-elsewhere' });
  });

  it('count the input of the user as activity, and nothing that a script causes', async () => {
    const [page] = await openTabs(1);
    const activities = () =>
      page.evaluate(() => {
        const inputs = window.tab.client.getLog().entries.map(({ input }) => Object(input).type);
        return inputs.filter((type) => type === 'activity').length;
      });
    const before = await activities();
    await page.evaluate(async () => {
      document.body.style.height = '5000px';
      const scrolled = new Promise((resolve) => addEventListener('scroll', resolve));
      scrollTo(0, 500);
      await scrolled;
      for (const type of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart']) {
        document.body.dispatchEvent(new Event(type, { bubbles: true }));
      }
    });
    expect(await activities()).toBe(before);
    let x = 10;
    await expect
      .poll(async () => {
        await page.mouse.move((x += 10), 50);
        return activities();
      })
      .toBeGreaterThan(before);
  });

  it('share the session and the token with a new tab, without a request', async () => {
    const [first] = await openTabs(2);
    const requests: string[] = [];
    context.on('request', (request) => {
      if (request.url().startsWith(site.demo.issuer)) requests.push(request.url());
    });
    const page = await openTab(context, `${site.app}/?retain`);
    await page.waitForFunction(() => window.tab.state().status === 'active');
    expect((await state(page)).token).toBe((await state(first)).token);
    expect(requests).toEqual([]);
  });

  it('all change to another user who signs in, and reject the waiting calls', async () => {
    const [first, second, third] = await openTabs(3);
    const outcome = second?.evaluate(async () => {
      const { client } = window.tab;
      client.addLoginPrompt();
      client.notifyRevoked();
      return client.getAccessToken().catch((error: { code: string }) => error.code);
    });
    await expect.poll(async () => (await state(first)).status).toBe('expired');
    await site.demo.control('end-session');
    await signIn(first, 'Grace');
    expect(await outcome).toBe('ERR_USER_CHANGED');
    for (const page of [first, second, third] as Page[]) {
      await expect.poll(async () => (await state(page)).sub).toBe('grace');
      const types = await page.evaluate(() => window.tab.events.map(({ type }) => type));
      expect(types).toContain('user-changed');
    }
  });

  it('update a page that returns from the back/forward cache', async () => {
    const browserWithCache = await launch({ withPageCache: true });
    context = await site.profile(browserWithCache);
    const [first, second] = await openTabs(2);
    await first.evaluate(() => {
      const shown: boolean[] = [];
      Object.assign(window, { shown });
      addEventListener('pageshow', (event) => shown.push(event.persisted));
    });
    // To another site: a page of the app would load the session, and publish it.
    await first.goto(`${site.demo.issuer}/.well-known/openid-configuration`);
    await second?.evaluate(() => window.tab.client.notifyRevoked());
    await first.goBack({ waitUntil: 'commit' });
    await expect.poll(() => state(first)).toMatchObject({ status: 'expired', reason: 'revoked' });
    // The page was restored, not loaded again.
    expect(await first.evaluate(() => Object(window).shown)).toEqual([true]);
    await browserWithCache.close();
  });

  it('get their token although a tab closes or freezes while it holds the refresh lock', async () => {
    const [first, second, third, fourth] = (await openTabs(4)) as [Page, Page, Page, Page];
    await site.demo.control('reset-counts');
    await site.demo.control('provider/hang');
    const force = (page: Page) =>
      page.evaluate(() => window.tab.client.getAccessToken({ forceRefresh: true }));
    force(second).catch(() => {});
    await expect.poll(() => first.evaluate(isRefreshLockHeld)).toBe(true);
    const waiting = force(third);
    await second.close();
    await site.demo.control('provider/answer');
    expect(await waiting).toMatch(/^ey/);

    await site.demo.control('provider/hang');
    force(fourth).catch(() => {});
    await expect.poll(() => first.evaluate(isRefreshLockHeld)).toBe(true);
    // A headless page is always visible, and a visible page is not frozen, so the event simulates it.
    // The SDK cannot abort its request, so the tab keeps the lock until the answer.
    await fourth.evaluate(() => document.dispatchEvent(new Event('freeze')));
    const late = force(first);
    await site.demo.control('provider/answer');
    expect(await late).toMatch(/^ey/);
    await fourth.evaluate(() => document.dispatchEvent(new Event('resume')));
    await expect.poll(async () => (await state(fourth)).token).toBe((await state(first)).token);
    expect(site.demo.counts()).toMatchObject({ reusedRefreshTokens: 0 });
  });

  async function isRefreshLockHeld(): Promise<boolean> {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name?.endsWith(':turn'));
  }
});
