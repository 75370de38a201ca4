import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOptions } from '../browser/support/chromium.ts';
import type { ServedApp } from './apps.ts';
import type { Shown } from './styledApp/session.ts';
import { openApp, serveStyledApp, show, styleOf } from './styledApp.ts';

let app: ServedApp;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  app = await serveStyledApp('screens', 6_500);
  browser = await chromium.launch(chromiumOptions());
  ({ page } = await openApp(browser, app));
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** Shows a dialog, and answers with its recommended action. */
async function answer(shown: Shown): Promise<void> {
  await show(page, shown);
  await page.locator('.sc-dialog .sc-primary').click();
}

describe('on a screen of 320 × 400', () => {
  beforeAll(() => page.setViewportSize({ width: 320, height: 400 }));

  /** The buttons of the dialog that are not in view as a whole. */
  const hiddenButtons = (): Promise<string[]> =>
    page.locator('.sc-dialog').evaluate((dialog) =>
      [...dialog.querySelectorAll('button')]
        .filter((button) => {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          const hit = document.elementFromPoint((left + right) / 2, bottom - 3);
          return left < 0 || right > innerWidth || top < 0 || !button.contains(hit);
        })
        .map((button) => button.textContent),
    );

  /** The parts whose text is wider than they are. */
  const cutTexts = (root: string): Promise<string[]> =>
    page
      .locator(root)
      .evaluate((element) =>
        [element, ...element.querySelectorAll('*')]
          .filter((each) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth)
          .map((each) => `${each.className}: ${each.textContent}`),
      );

  const languages = ['ar', 'de', 'en', 'es', 'fr', 'ja', 'ko', 'ptBR', 'zhCN'];

  describe.each(languages)('in %s', (lang) => {
    it.each([
      ['the warning', { component: 'expiry', canExtend: true }],
      ['the warning before a fixed end', { component: 'expiry' }],
      ['the question for a sign-in', { component: 'relogin', end: true }],
    ] as const)('%s shows its buttons and a failure, and cuts no text', async (_name, shown) => {
      await answer({ ...shown, lang, failure: 'ERR_LOGIN_CANCELLED' });
      const failure = page.locator('.sc-dialog .sc-failure');
      await failure.waitFor();
      expect(await hiddenButtons()).toEqual([]);
      expect(await cutTexts('.sc-dialog')).toEqual([]);
      const isInView = await failure.evaluate((element) => {
        const { left, bottom } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + 20, bottom - 3));
      });
      expect(isInView).toBe(true);
      // Also if the user scrolls back.
      await page.locator('.sc-dialog').evaluate((dialog) => {
        dialog.scrollTop = 0;
      });
      expect(await hiddenButtons()).toEqual([]);
    });

    it('the banner cuts no text', async () => {
      await show(page, { component: 'banner', canExtend: true, lang });
      await page.locator('.sc-banner').waitFor();
      expect(await cutTexts('.sc-banner')).toEqual([]);
    });
  });
});

/** The contrast between the colour of an element and the nearest background (WCAG 2.2, 1.4.3). */
async function contrastOf(selector: string): Promise<number> {
  const element = page.locator(selector).first();
  await element.waitFor();
  return element.evaluate((each: Element) => {
    const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    /** A pixel painted with these colours, the last one on top. */
    const paint = (...colours: string[]): Uint8ClampedArray => {
      context.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
      }
      return context.getImageData(0, 0, 1, 1).data;
    };
    const luminance = (pixel: Uint8ClampedArray): number => {
      const linear = (value: number): number =>
        value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      const [red, green, blue] = pixel as unknown as [number, number, number];
      return linear(red) * 0.2126 + linear(green) * 0.7152 + linear(blue) * 0.0722;
    };
    // What is left of a ring or a bar is painted in its colour.
    let behind: Element | null = each.matches('.sc-countdown-left') ? each.parentElement : each;
    const backgrounds: string[] = [];
    while (behind && paint(...backgrounds)[3] !== 255) {
      backgrounds.unshift(getComputedStyle(behind).backgroundColor);
      behind = behind.parentElement;
    }
    const [dark, light] = [[getComputedStyle(each).color], []]
      .map((colour) => luminance(paint(...backgrounds, ...colour)))
      .toSorted((a, b) => a - b) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  });
}

const texts = ['.sc-title', '.sc-description', '.sc-muted', '.sc-name', '.sc-monogram']
  .concat(['.sc-primary', '.sc-button:not(.sc-primary)', '.sc-failure', '.sc-sign .sc-icon'])
  .map((part) => `.sc-dialog ${part}`);
const others = ['.sc-badge', '.sc-banner-time', '.sc-banner-time .sc-icon', '.sc-banner-text'];

describe.each([
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced', { colorScheme: 'light', forcedColors: 'active' }],
] as const)('%s colours', (_name, media) => {
  beforeAll(async () => {
    await page.setViewportSize({ width: 900, height: 700 });
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await page.evaluate(() => document.documentElement.classList.add('system-theme'));
  });

  /** Those with too little contrast. */
  async function faint(selectors: string[]): Promise<Record<string, number>> {
    const ratios: Record<string, number> = {};
    for (const selector of selectors) ratios[selector] = await contrastOf(selector);
    return Object.fromEntries(Object.entries(ratios).filter(([, ratio]) => ratio < 4.5));
  }

  it('have enough contrast in the dialogs', async () => {
    await answer({ component: 'relogin', end: true, failure: 'ERR_NETWORK' });
    expect(await faint(texts)).toEqual({});
  });

  it.each([90, 45, 15])('have enough contrast in the countdowns with %d s left', async (left) => {
    await show(page, { component: 'expiry', left });
    expect(await faint(['.sc-dialog .sc-countdown-time'])).toEqual({});
    await show(page, { component: 'all', left, canExtend: true });
    expect(await faint(others)).toEqual({});
    expect(await contrastOf('.sc-countdown-left')).toBeGreaterThan(3);
  });

  it('have enough contrast in the reminder and the notice, with their icons', async () => {
    await show(page, { component: 'relogin', end: true });
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await faint(['.sc-reminder', '.sc-reminder .sc-icon'])).toEqual({});
    await answer({ component: 'expiry', canExtend: true });
    expect(await faint(['.sc-notice', '.sc-notice .sc-icon'])).toEqual({});
  });
});

it('an arrow points in the reading direction, whatever the language', async () => {
  await show(page, { component: 'all' });
  await page.evaluate(() => window.current.client.logout());
  const arrow = '.sc-badge .sc-icon[data-shape=signed-out]';
  expect(await styleOf(page, arrow, 'scale')).toBe('none');
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  expect(await styleOf(page, arrow, 'scale')).toBe('-1 1');
});
