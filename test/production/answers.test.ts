import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/support/chromium.ts';
import { type Gallery, serveGallery } from './gallery/site.ts';
import type { ServedApp } from './viteSite.ts';

declare const window: { readonly gallery: Gallery };

let served: ServedApp;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  [served, browser] = await Promise.all([serveGallery('answers', 6_600), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

beforeEach(async () => {
  page = await browser.newPage({ locale: 'en-GB', timezoneId: 'UTC' });
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
});
afterEach(async () => {
  expect(errors).toEqual([]);
  await page.close();
});

async function open(scene: string): Promise<void> {
  await page.goto(`${served.origin}/?scene=${scene}`);
  await page.locator('body[data-ready]').waitFor();
}

const dialog = () => page.getByRole('alertdialog');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const advance = (ms: number) => page.evaluate((each) => window.gallery.clock.advance(each), ms);
const requestCounts = () => page.evaluate(() => window.gallery.source.requestCounts);
/** The texts for screen readers, without non-breaking spaces. */
async function spoken(): Promise<string[]> {
  const texts = await page.getByRole('status').allTextContents();
  return texts.map(plain);
}

function plain(text: string | null): string {
  return (text ?? '').replace(/\s/g, ' ');
}

describe('in a production build', () => {
  it('"Sign out" of a warning does not extend the session', async () => {
    await open('warning');
    await press('Sign out');
    await dialog().waitFor({ state: 'hidden' });
    expect(await requestCounts()).toMatchObject({ extend: 0, logout: 1 });
  });

  it.each(['Enter', 'Space'])('%s of a user who is typing answers no warning', async (key) => {
    await open('form-with-warning');
    await page.getByLabel('Note').focus();
    await page.keyboard.type('half a tho');
    await advance(28 * 60_000);
    await dialog().waitFor();
    await page.keyboard.press(key);
    expect(await dialog().isVisible()).toBe(true);
    expect(await requestCounts()).toMatchObject({ extend: 0, logout: 0 });
  });

  it('the shortest warning offers to stay', async () => {
    await open('shortest-warning');
    await press('Stay signed in');
    await page.getByText(/^Signed in until/).waitFor();
    expect(await requestCounts()).toMatchObject({ extend: 1 });
  });

  it('"Stay signed in" shows and announces until when', async () => {
    await open('warning');
    await press('Stay signed in');
    await page.getByText('Signed in until 12:58 PM.').waitFor();
    expect(await spoken()).toContain('Signed in until 12:58 PM.');
  });

  it('"Not now" leaves a visible and announced reminder that opens the warning again', async () => {
    await open('warning-fixed');
    await press('Not now');
    const reminder = page.getByRole('button', { name: /^You will be signed out at/ });
    await reminder.waitFor();
    expect(await spoken()).toContain(plain(await reminder.textContent()));
    await reminder.click();
    await dialog().waitFor();
  });

  it('a hidden tab has a title that says that the session has ended', async () => {
    await open('relogin');
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(() => page.title()).toBe('Session ended · Gallery');
  });

  it.each([
    ['relogin', 'Sign in again'],
    ['signed-out', 'Sign in'],
  ])(
    'a sign-in that the user cancels (%s) can be repeated, and is no unhandled rejection',
    async (scene, name) => {
      await open(scene);
      await page.evaluate(() => window.gallery.source.fail('ERR_LOGIN_CANCELLED', 'login'));
      await press(name);
      await page.getByRole('alert').filter({ hasText: 'closed before you had finished' }).waitFor();
      await page.evaluate(() => window.gallery.source.recover());
      await press(name);
      await expect
        .poll(() => page.evaluate(() => window.gallery.client.getSnapshot().status))
        .toBe('active');
    },
  );
});
