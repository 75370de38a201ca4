import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/support/chromium.ts';
import { type ServedApp, serveNext, serveVite } from './apps.ts';

const light = {
  paper: 'rgb(255, 255, 255)',
  ink: 'rgb(0, 0, 0)',
  accent: 'rgb(49, 85, 206)',
  onAccent: 'rgb(255, 255, 255)',
};
const dark = {
  paper: 'rgb(35, 35, 35)',
  ink: 'rgb(255, 255, 255)',
  accent: 'rgb(89, 133, 255)',
  onAccent: 'rgb(18, 18, 18)',
};

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** The painted colours of the dialog and its primary button. */
async function colours(page: Page): Promise<typeof light> {
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  return dialog.evaluate((element) => {
    const dialogStyle = getComputedStyle(element);
    const buttonStyle = getComputedStyle(element.querySelector('.sc-primary') ?? element);
    return {
      paper: painted(dialogStyle.backgroundColor),
      ink: painted(dialogStyle.color),
      accent: painted(buttonStyle.backgroundColor),
      onAccent: painted(buttonStyle.color),
    };

    /** The colour of a painted pixel, because computed colours have several notations. */
    function painted(colour: string): string {
      const context = document.createElement('canvas').getContext('2d');
      if (!context) return colour;
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `transparent (${colour})`;
    }
  });
}

describe.each([
  ['Vite', serveVite],
  ['Next.js', serveNext],
])('in the default production build of %s the dialog is', (_tool, serve) => {
  let app: ServedApp;
  let page: Page;

  beforeAll(async () => {
    app = await serve();
    page = await browser.newPage();
    await page.goto(app.origin);
  });
  afterAll(async () => {
    await page?.close();
    await app?.stop();
  });

  async function setTheme(
    system: 'light' | 'dark',
    className: string,
    style: string,
  ): Promise<void> {
    await page.emulateMedia({ colorScheme: system, reducedMotion: 'reduce' });
    await page.evaluate(
      ([name, text]) => {
        document.documentElement.className = name;
        document.documentElement.style.cssText = text;
      },
      [className, style] as const,
    );
  }

  it.each([
    ['light if the page sets no color-scheme', 'dark', '', '', light],
    ['light by the system', 'light', 'system-theme', '', light],
    ['dark by the system', 'dark', 'system-theme', '', dark],
    ['dark by color-scheme on <html>', 'light', '', 'color-scheme: dark', dark],
    ['light by color-scheme on <html>', 'dark', '', 'color-scheme: light', light],
    ['dark by a class', 'light', 'dark', '', dark],
    ['light by a class', 'dark', 'system-theme light', '', light],
  ] as const)('%s', async (_name, system, className, style, expected) => {
    await setTheme(system, className, style);
    expect(await colours(page)).toEqual(expected);
  });
});
