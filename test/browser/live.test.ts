import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { axeViolations } from './support/axeViolations.ts';
import { launchChromium } from './support/chromium.ts';
import { type RunningDemo, startDemo } from './support/demo.ts';
import { LivePage } from './support/livePage.ts';
import { expectNoUserData } from './support/storageSearch.ts';

// Shorter than in the story, so that several lifetimes fit into a test (ms).
const tokenLifetime = 10_000;

let demo: RunningDemo;
let browser: Browser;
let live: LivePage;

beforeAll(async () => {
  [demo, browser] = await Promise.all([
    startDemo(6100, { ACCESS_TOKEN_TTL: String(tokenLifetime / 1_000) }),
    launchChromium(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

beforeEach(async () => {
  live = await LivePage.open(browser, demo);
  await live.control('provider/start');
  await live.control('reset-counts');
  await live.signInBy(live.page.getByRole('button', { name: 'Sign in' }), 'Ada');
  await live.page.getByText('Ada Lovelace').waitFor();
});

afterEach(async () => {
  await expectNoUserData(live.context.pages(), demo.app, live.tokens);
  await live.close();
});

it('violates no rule of axe', async () => {
  expect(await axeViolations(live.page)).toEqual([]);
});

it('answers every call across four refreshes, one per token, and continues after a revocation', async () => {
  const { page } = live;
  await page.getByLabel('Your note').fill('half a thought');
  await page.getByLabel('once a second').check();
  await expect.poll(async () => (await live.control('state')).counts.refreshes, longPoll).toBe(4);
  const { ok, answered } = await live.counts();
  expect(answered).toBeGreaterThan(15);
  expect(ok).toBe(answered);
  const refreshed = page.getByLabel('Events').getByText('access-token-refreshed');
  // The first token came with the sign-in, each later one with one refresh.
  expect(await refreshed.count()).toBe(1 + (await live.control('state')).counts.refreshes);
  await page.getByLabel('once a second').uncheck();

  await live.control('revoke');
  await live.relogin.waitFor({ timeout: tokenLifetime * 2 });
  // The open dialog makes the page inert for a click, but not for a dispatched event.
  await page
    .getByRole('button', { name: 'Call the API', includeHidden: true })
    .dispatchEvent('click');
  await expect.poll(async () => (await live.counts()).waiting).toBe(1);
  const before = await live.counts();
  await live.signInSilentlyBy(live.relogin.getByRole('button', { name: 'Sign in again' }));
  await live.relogin.waitFor({ state: 'hidden' });
  await expect
    .poll(() => live.counts())
    .toEqual({ ok: before.ok + 1, answered: before.answered + 1, waiting: 0 });
  expect(await page.getByLabel('Your note').inputValue()).toBe('half a thought');
  expect((await live.control('state')).counts.reusedRefreshTokens).toBe(0);
});

it('rejects the waiting call when another user signs in', async () => {
  const { page } = live;
  await live.control('end-session');
  await live.relogin.waitFor({ timeout: tokenLifetime * 2 });
  await page
    .getByRole('button', { name: 'Call the API', includeHidden: true })
    .dispatchEvent('click');
  await expect.poll(async () => (await live.counts()).waiting).toBe(1);
  await live.signInBy(live.relogin.getByRole('button', { name: 'Sign in again' }), 'Grace');
  await expect.poll(() => live.latestAnswer()).toBe('ERR_USER_CHANGED');
  await page.getByText('Grace Hopper').waitFor();
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect.poll(() => live.latestAnswer()).toBe('200');
});

it('keeps the session while the provider is down for 30 s, and recovers by itself', async () => {
  const { page } = live;
  await live.control('provider/stop');
  await page.getByText('Sign-in service not answering').waitFor({ timeout: tokenLifetime * 2 });
  await page.waitForTimeout(30_000);
  expect(await live.relogin.isVisible()).toBe(false);
  expect(await live.expiryWarning.isVisible()).toBe(false);
  expect(await page.getByRole('status').filter({ hasText: 'Signed in' }).isVisible()).toBe(true);
  await live.control('provider/start');
  // The retry may come a minute later. A user who is active meanwhile sees no warning of an idle session.
  let x = 0;
  const isDegraded = async (): Promise<boolean> => {
    await page.mouse.move((x += 5) % 300, 20);
    return page.getByText('Sign-in service not answering').isVisible();
  };
  await expect.poll(isDegraded, { timeout: 70_000 }).toBe(false);
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect.poll(() => live.latestAnswer()).toBe('200');
  expect(await page.getByLabel('Events').getByText('session-ended').count()).toBe(0);
});

it('leaves no token in storage, the address, the document, the console, the events or the app’s cache', async () => {
  const { page } = live;
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect.poll(async () => (await live.control('state')).counts.refreshes, longPoll).toBe(1);
  await live.control('revoke');
  await live.relogin.waitFor({ timeout: tokenLifetime * 2 });
  await live.signInSilentlyBy(live.relogin.getByRole('button', { name: 'Sign in again' }));
  await live.relogin.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect.poll(() => live.latestAnswer()).toBe('200');

  const places = await page.evaluate(() => {
    const app = Object(window).__TANSTACK_QUERY_CLIENT__;
    const states = (cache: { getAll(): { state: unknown }[] }) =>
      cache.getAll().map(({ state }) => state);
    return {
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      address: location.href,
      cookies: document.cookie,
      document: document.documentElement.outerHTML,
      queries: JSON.stringify(states(app.getQueryCache())),
      mutations: JSON.stringify(states(app.getMutationCache())),
    };
  });
  // Proves that the search covers the right places.
  expect(live.tokens.size).toBeGreaterThan(6);
  expect(places.document).toContain('access-token-refreshed');
  expect(places.mutations).toContain('200');
  for (const [place, text] of Object.entries({
    ...places,
    console: live.consoleLines.join('\n'),
  })) {
    for (const token of live.tokens)
      expect.soft(text.includes(token), `a token in ${place}`).toBe(false);
  }
});

it('extends an idle session with one key press, and signs out in a pop-up', async () => {
  const { page } = live;
  await live.expiryWarning.waitFor({ timeout: 120_000 });
  const stay = live.expiryWarning.getByRole('button', { name: 'Stay signed in' });
  expect(await stay.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await live.expiryWarning.waitFor({ state: 'hidden' });
  await page.getByLabel('Events').getByText('session-extended').waitFor();
  await page.locator('[data-step="stay"][data-done="true"]').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Signed out', { exact: true }).waitFor();
});

it('says what to do when the sign-in window is closed', async () => {
  const { page } = live;
  await live.control('revoke');
  await live.relogin.waitFor({ timeout: tokenLifetime * 2 });
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    live.relogin.getByRole('button', { name: 'Sign in again' }).click(),
  ]);
  await popup.close();
  await live.relogin.getByRole('alert').filter({ hasText: 'window was closed' }).waitFor();
});

it('checks off the steps that the user has done, and does not change the list at each tick', async () => {
  const { page } = live;
  const step = (id: string) => page.locator(`[data-step="${id}"][data-done="true"]`);
  await step('sign-in').waitFor();
  await page.getByText('Step done: Sign in. 1 of 7.').waitFor({ state: 'attached' });
  expect(await step('tabs').count()).toBe(0);

  const [secondTab] = await Promise.all([
    live.context.waitForEvent('page'),
    page.getByRole('link', { name: 'Open a second tab' }).click(),
  ]);
  await step('tabs').waitFor();
  await secondTab.locator('[data-step="tabs"][data-done="true"]').waitFor();
  await secondTab.close();

  await step('refresh')
    .filter({ hasText: /\d s before the old one expired/ })
    .waitFor();
  const changes = await page.locator('.live-steps').evaluate(async (list) => {
    let count = 0;
    const observer = new MutationObserver((records) => {
      count += records.length;
    });
    observer.observe(list, { subtree: true, childList: true, characterData: true });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    observer.disconnect();
    return count;
  });
  expect(changes).toBe(0);

  await page.getByLabel('Your note').fill('half a thought');
  await page.getByRole('button', { name: 'Revoke the refresh token' }).click();
  await live.relogin.waitFor({ timeout: tokenLifetime * 2 });
  expect(await step('sign-in-again').count()).toBe(0);
  await live.signInSilentlyBy(live.relogin.getByRole('button', { name: 'Sign in again' }));
  await step('sign-in-again').waitFor();

  await page.getByRole('button', { name: 'Stop the provider' }).click();
  await step('outage').waitFor({ timeout: tokenLifetime * 2 });
  await page.getByRole('button', { name: 'Start the provider' }).click();
  await page
    .getByText('Sign-in service not answering')
    .waitFor({ state: 'hidden', timeout: 70_000 });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await step('sign-out').waitFor();
});

const longPoll = { timeout: 90_000, interval: 500 };
