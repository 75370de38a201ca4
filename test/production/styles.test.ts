import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOptions } from '../browser/support/chromium.ts';
import type { ServedApp } from './apps.ts';
import { utilities } from './styledApp/session.ts';
import { openApp, serveStyledApp, show, styleOf } from './styledApp.ts';

let app: ServedApp;
let browser: Browser;
let plain: { page: Page; violations: string[] };
let tailwind: { page: Page; violations: string[] };

beforeAll(async () => {
  app = await serveStyledApp('styles', 6_560);
  // Scrollbars that take space, as on Windows and Linux.
  browser = await chromium.launch({
    ...chromiumOptions(),
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
  plain = await openApp(browser, app);
  tailwind = await openApp(browser, app, '/tailwind.html');
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const brand = 'rgb(1, 2, 3)';

/** Sets or removes a class or a custom property of the root element or of a wrapper. */
function setOn(
  page: Page,
  element: 'html' | '#root',
  name: string,
  value: string | null,
): Promise<void> {
  return page.locator(element).evaluate(
    (each: HTMLElement, [key, text]) => {
      if (key === 'class') each.className = text ?? '';
      else each.style.setProperty(key, text);
    },
    [name, value] as const,
  );
}

it('works under a Content-Security-Policy without inline styles', async () => {
  const { page, violations } = plain;
  for (const component of ['all', 'expiry'] as const) await show(page, { component });
  const ring = await styleOf(page, '.sc-countdown-ring .sc-countdown-left', 'stroke-dashoffset');
  expect(Number.parseFloat(ring)).toBeGreaterThanOrEqual(0);
  expect(await styleOf(page, '.sc-dialog', 'border-top-style')).toBe('solid');
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await expect.poll(() => violations.length, { timeout: 5_000 }).toBe(1);
});

describe('a custom property that the page sets', () => {
  it.each([
    ['on the root element', 'html'],
    ['on a wrapper', '#root'],
  ] as const)('%s is used', async (_where, element) => {
    const { page } = plain;
    await show(page, { component: 'expiry' });
    await setOn(page, element, '--sc-accent', brand);
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'background-color')).toBe(brand);
    await setOn(page, element, '--sc-accent', null);
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'background-color')).not.toBe(brand);
  });

  it('by a theme class in a cascade layer is used', async () => {
    const { page } = tailwind;
    await show(page, { component: 'expiry' });
    await setOn(page, 'html', 'class', 'brand');
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'background-color')).toBe(brand);
    await setOn(page, 'html', 'class', '');
  });

  it('moves the reminder away from what the page has there', async () => {
    const { page } = plain;
    await setOn(page, 'html', '--sc-offset-block', '120px');
    await show(page, { component: 'relogin', end: true });
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await styleOf(page, '.sc-reminder', 'inset-block-end')).toBe('120px');
    await setOn(page, 'html', '--sc-offset-block', null);
  });
});

it('has the font of the page', async () => {
  const { page } = plain;
  await show(page, { component: 'all', canExtend: true });
  for (const part of ['.sc-badge', '.sc-banner', '.sc-button'])
    expect(await styleOf(page, part, 'font-family')).toMatch(/^"Page font"/);
  await show(page, { component: 'expiry' });
  for (const part of ['.sc-dialog', '.sc-title', '.sc-dialog .sc-button'])
    expect(await styleOf(page, part, 'font-family')).toMatch(/^"Page font"/);
});

describe('classes of the app', () => {
  const props = {
    className: `app-button ${utilities.dialog}`,
    classNames: { primaryButton: `app-button ${utilities.button}`, title: utilities.title },
  };

  it('override the styles, whose selectors have the specificity of one class', async () => {
    const { page } = plain;
    await show(page, { component: 'expiry', props });
    expect(await styleOf(page, '.sc-dialog', 'border-top-left-radius')).toBe('3px');
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'background-color')).toBe(brand);
    await page.locator('.sc-dialog .sc-primary').hover();
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'background-color')).toBe(brand);
  });

  it('override them as utilities of Tailwind, if they are imported into a layer', async () => {
    const { page } = tailwind;
    await show(page, { component: 'expiry', props });
    expect(await styleOf(page, '.sc-dialog', 'border-top-left-radius')).toBe('0px');
    expect(await styleOf(page, '.sc-title', 'font-size')).toBe('30px');
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'background-color')).toBe(brand);
  });
});

describe.each(['plain', 'tailwind'] as const)('a CSS reset (%s)', (name) => {
  it('leaves the styles as they are', async () => {
    const { page } = { plain, tailwind }[name];
    await show(page, { component: 'expiry' });
    const dialog = await page.locator('.sc-dialog').evaluate((element) => {
      const { left, right, top } = element.getBoundingClientRect();
      return { isCentred: Math.abs(left - (innerWidth - right)) < 20, top };
    });
    expect(dialog.isCentred).toBe(true);
    expect(dialog.top).toBeGreaterThan(50);
    expect(await styleOf(page, '.sc-dialog', 'padding-left')).toBe('28px');
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'padding-left')).toBe('18px');
    expect(await styleOf(page, '.sc-dialog .sc-primary', 'background-color')).not.toMatch(/0\)$/);
    expect(await styleOf(page, '.sc-title', 'font-size')).toBe('20px');
  });
});

describe('the page behind an open dialog', () => {
  it.each([
    ['with a scrollbar', true, 885],
    ['without one', false, 900],
  ])('%s neither scrolls nor moves', async (_name, isTall, width) => {
    const { page } = plain;
    await page.setViewportSize({ width: 900, height: 600 });
    const measure = (): Promise<number> =>
      page.locator('main').evaluate((element) => element.getBoundingClientRect().width);
    await show(page, { component: 'all', left: 1_000, isTall });
    expect(await measure()).toBe(width);
    await show(page, { component: 'expiry', isTall });
    await page.locator('.sc-dialog').waitFor();
    expect(await measure()).toBe(width);
    await page.mouse.move(20, 20);
    await page.mouse.wheel(0, 500);
    await page.keyboard.press('PageDown');
    // A scroll happens in the next frame.
    const frame = (): Promise<unknown> => page.evaluate(() => new Promise(requestAnimationFrame));
    await frame();
    await frame();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});
