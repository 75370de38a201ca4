import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';
import type { PageRecord } from './support/persistedCache/record.ts';
import { type NotesSite, startNotesSite } from './support/persistedCacheSite.ts';

/** How often the users change: `PERSISTED_CACHE_RUNS=50 npx vitest run …`, see README.md. */
const runs = Number(process.env['PERSISTED_CACHE_RUNS'] ?? 3);

type User = 'ada' | 'grace';

let site: NotesSite;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  [site, browser] = await Promise.all([startNotesSite(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(() => context.close());

async function openTab(query = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.origin}/${query}`);
  await page.waitForFunction(() => window.page !== undefined);
  return page;
}

/** Waits until the page shows all 30 notes of `user`. */
async function untilShown(page: Page, user: User): Promise<void> {
  await page.waitForFunction(
    (name) => {
      const shown = window.page.shown();
      return shown.length === 30 && shown.every((each) => each === name);
    },
    user,
    { polling: 20 },
  );
}

async function untilStored(page: Page, user: User): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => window.page.stored()))
    .toContain(`note 29 of ${user}`);
}

/** Signs `user` in, in the first tab; resolves when both tabs show this user's notes. */
async function signIn([first, second]: readonly [Page, Page], user: User): Promise<void> {
  await first.evaluate((name) => window.page.signIn(name), user);
  await Promise.all([untilShown(first, user), untilShown(second, user)]);
}

const recordOf = (page: Page): Promise<PageRecord> => page.evaluate(() => window.page.record);

/** Ada, then Grace sign in; then both tabs are loaded again, and once more after a change outside of the app. */
async function changeUsers(query = ''): Promise<PageRecord[]> {
  const tabs = [await openTab(query), await openTab(query)] as const;
  await signIn(tabs, 'ada');
  await untilStored(tabs[0], 'ada');
  await signIn(tabs, 'grace');
  await untilStored(tabs[1], 'grace');
  const records = await Promise.all(tabs.map(recordOf));
  for (const page of tabs) {
    await page.reload();
    await untilShown(page, 'grace');
    records.push(await recordOf(page));
    await page.close();
  }
  await context.addCookies([{ name: 'user', value: 'ada', url: site.origin }]);
  const page = await openTab(query);
  await untilShown(page, 'ada');
  records.push(await recordOf(page));
  return records;
}

it.each(Array.from({ length: runs }, (_, index) => index + 1))(
  'two tabs with 30 live queries each never mix two users: run %i',
  async () => {
    const records = await changeUsers();
    expect(records.flatMap(({ mixtures }) => mixtures)).toEqual([]);
    for (const { renders, cacheChecks } of records) {
      expect(Math.min(renders, cacheChecks)).toBeGreaterThan(0);
    }
    // After a reload, the restored notes are shown before a request is sent.
    for (const { requests, writes } of records.slice(0, 2)) {
      expect(Math.min(requests, writes)).toBeGreaterThan(0);
    }
  },
);

it('the same app without session-clock/query mixes them, so the record would show it', async () => {
  const records = await changeUsers('?plain');
  const places = records.flatMap(({ mixtures }) => mixtures).map((each) => each.split(':')[0]);
  expect([...new Set(places)]).toEqual(
    expect.arrayContaining(['renders', 'cacheChecks', 'writes']),
  );
});
