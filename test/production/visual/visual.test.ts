import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../browser/support/chromium.ts';
import { serveGallery } from '../gallery/site.ts';
import type { ServedApp } from '../viteSite.ts';
import { countDifferences, readReference, writeReference } from './pictures.ts';

/** `UPDATE_PICTURES=1` writes the references anew. Look at each of them before you commit it. */
const isUpdate = process.env['UPDATE_PICTURES'] === '1';

const scenes = [
  'warning',
  'warning-urgent',
  'warning-failed',
  'warning-fixed',
  'extended',
  'relogin',
  'relogin-reminder',
  'banner',
  'countdowns',
  'timeline',
  'account',
  'signed-out',
];

interface Mode {
  readonly name: string;
  readonly query?: string;
  readonly options?: BrowserContextOptions;
}

const modes: readonly Mode[] = [
  { name: 'light' },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'right-to-left', query: '&dir=rtl' },
  { name: 'chinese', query: '&lang=zh' },
  { name: 'arabic', query: '&lang=ar&dir=rtl' },
  { name: 'forced-colours', options: { forcedColors: 'active' } },
  { name: 'narrow', options: { viewport: { width: 320, height: 400 } } },
];

let browser: Browser;
let served: ServedApp;

beforeAll(async () => {
  served = await serveGallery('visual', 6_480);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

describe.each(modes)('$name: each component looks as in its reference', (mode) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({
      viewport: { width: 560, height: 400 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      ...mode.options,
    });
  });
  afterAll(() => page?.close());

  it.each(scenes)('%s', async (scene) => {
    await page.goto(`${served.origin}/?scene=${scene}${mode.query ?? ''}`);
    await page.locator('body[data-ready]').waitFor();
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    const name = `${mode.name}/${scene}`;
    if (isUpdate) writeReference(name, picture);
    const reference = readReference(name);
    expect(
      reference,
      `There is no reference of ${name}. Run with UPDATE_PICTURES=1.`,
    ).not.toBeNull();
    expect(countDifferences(picture, reference as Buffer)).toBeLessThan(6);
  });
});
