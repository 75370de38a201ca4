import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/support/chromium.ts';
import type { ServedApp } from './apps.ts';
import { centreOf, ModalsPage } from './modals/modalsPage.ts';
import { serveModals } from './modals/site.ts';

let app: ServedApp;
let browser: Browser;
let modals: ModalsPage;

beforeAll(async () => {
  [app, browser] = await Promise.all([serveModals('modalsBeside', 6_540), launchChromium()]);
  modals = await ModalsPage.visit(browser, app.origin, 'native');
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});
beforeEach(() => modals.reset());

describe.each([
  { question: 'warn', button: 'Stay signed in', asked: 'expiring' },
  { question: 'expire', button: 'Sign in again', asked: 'expired' },
] as const)('the dialog with "$button"', ({ question, button, asked }) => {
  it('is above the toasts, which a press beside it leaves open', async () => {
    const { page } = modals;
    await page.evaluate(() => window.app.toast());
    const closeToast = page.getByLabel('Close toast');
    await closeToast.waitFor();
    await modals.ask(question);
    const place = await centreOf(closeToast);
    expect(await page.evaluate(isCovered, place)).toBe(true);
    await modals.pressAt(place, 'mouse');
    await modals.press(button, 'mouse');
    await modals.isAnswered();
    expect(await page.evaluate(isCovered, place)).toBe(false);
    await modals.pressAt(place, 'mouse');
    await closeToast.waitFor({ state: 'detached' });
  });

  it('keeps the page behind it from scrolling', async () => {
    const { page } = modals;
    await modals.ask(question);
    await page.mouse.move(5, 5);
    await page.mouse.wheel(0, 400);
    await page.keyboard.press('PageDown');
    await modals.press(button, 'mouse');
    await modals.isAnswered();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.mouse.move(5, 5);
    await page.mouse.wheel(0, 400);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await page.evaluate(() => scrollTo(0, 0));
  });

  it('ignores the keys of a user who types in a frame, and gives the focus back to it', async () => {
    const { page } = modals;
    const note = page.frameLocator('iframe').getByLabel('Note');
    await note.click();
    await note.fill('');
    await page.keyboard.type('one');
    await page.evaluate((name) => window.session[name](), question);
    await modals.dialog.waitFor();
    for (const key of [' ', 'Enter', 't']) await page.keyboard.press(key);
    expect(await page.evaluate(readStatus)).toBe(asked);
    expect(await note.inputValue()).toBe('one');
    await page.clock.fastForward(2_000);
    await modals.press(button, 'keyboard');
    await modals.isAnswered();
    await page.keyboard.type(' two');
    expect(await note.inputValue()).toBe('one two');
  });

  describe.each(['suspended', 'hidden'] as const)('in a tree that is %s', (visibility) => {
    it('closes without an answer, leaves the page usable, and asks again', async () => {
      const { page } = modals;
      await modals.ask(question);
      await page.evaluate((state) => window.app.setVisibility(state), visibility);
      await modals.dialog.waitFor({ state: 'hidden' });
      await modals.typeDraft();
      await page.keyboard.press('Escape');
      await modals.draft.waitFor({ state: 'detached' });
      expect(await page.evaluate(readAnswers)).toEqual([asked, 0, 0, 0]);
      await page.evaluate(() => window.app.setVisibility('visible'));
      await modals.dialog.waitFor();
      expect(await page.evaluate(readAnswers)).toEqual([asked, 0, 0, 0]);
      await modals.press(button, 'mouse');
      await modals.isAnswered();
      await expect.poll(() => page.evaluate(readStatus)).toBe('active');
    });
  });
});

it('a call still waits for the sign-in while the tree is suspended', async () => {
  const { page } = modals;
  await modals.ask('expire');
  await page.evaluate(() => {
    window.call = window.session.client.getAccessToken();
  });
  await page.evaluate(() => window.app.setVisibility('suspended'));
  await modals.dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => window.app.setVisibility('visible'));
  await modals.press('Sign in again', 'mouse');
  expect(await page.evaluate(() => window.call)).toMatch(/^test-token/);
});

function readStatus(): string {
  return window.session.client.getSnapshot().status;
}

function readAnswers(): unknown[] {
  const { client, source } = window.session;
  const { extend, login, logout } = source.requestCounts;
  return [client.getSnapshot().status, extend, login, logout];
}

function isCovered([x, y]: readonly [number, number]): boolean {
  return document.elementFromPoint(x, y)?.closest('.sc-dialog') != null;
}
