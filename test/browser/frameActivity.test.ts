import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.ts';

const html = '<iframe srcdoc="<textarea></textarea>"></iframe>';
let browser: Browser;
let script: string;
let page: Page;

beforeAll(async () => {
  [browser, script] = await Promise.all([launchChromium(), bundle()]);
});
afterAll(() => browser?.close());

beforeEach(async () => {
  page = await browser.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto('http://localhost/');
  await page.addScriptTag({ content: script });
});

/** The script of the page, as one file. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('support/framePage.ts', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [result] = [output].flat() as { output: { code: string }[] }[];
  return result?.output[0]?.code ?? '';
}

const activities = (): Promise<number> => page.evaluate(() => window.framePage.activities());
const type = (): Promise<void> =>
  page.frameLocator('iframe').locator('textarea').pressSequentially('a');
/** A script of the page types in the frame, which is no input of the user. */
const dispatchKey = (): Promise<void> =>
  page.evaluate(() => {
    const frame = document.querySelector('iframe')?.contentDocument;
    frame
      ?.querySelector('textarea')
      ?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
  });

it('a key that the user presses in an observed frame is activity, and one of a script is none', async () => {
  await type();
  expect(await activities()).toBe(0);
  await page.evaluate(() => window.framePage.observe());
  await dispatchKey();
  expect(await activities()).toBe(0);
  await type();
  expect(await activities()).toBe(1);
});

it('a frame that is no longer observed is not counted', async () => {
  await page.evaluate(() => window.framePage.observe()());
  await type();
  expect(await activities()).toBe(0);
});

it('reportActivity() counts once, however often it is called', async () => {
  await page.evaluate(() => window.framePage.reportOften());
  expect(await activities()).toBe(1);
});
