import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../scripts/ports.js';
import { launchChromium } from '../../browser/support/chromium.ts';
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

const root = fileURLToPath(new URL('../gallery', import.meta.url));
let browser: Browser;
let origin: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  await build({ root, logLevel: 'error', configFile: false });
  const port = await freePort(6_440);
  const options = { port, strictPort: true };
  const server = await preview({ root, configFile: false, logLevel: 'error', preview: options });
  origin = `http://localhost:${port}`;
  stop = () => server.close();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await stop?.();
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
    await page.goto(`${origin}/?scene=${scene}${mode.query ?? ''}`);
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
