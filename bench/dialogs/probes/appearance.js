// @ts-check
import { createRequire } from 'node:module';
import { minute, openScene, second } from '../scene.js';

/** @typedef {import('../scene.js').Setting} Setting */
/** @typedef {import('playwright-core').BrowserContextOptions} BrowserContextOptions */

const { resolve } = createRequire(import.meta.url);

/**
 * Opens the warning, and passes its page to `look`.
 * @template Result
 * @param {Setting} setting
 * @param {(page: import('playwright-core').Page, selector: string) => Promise<Result>} look
 * @param {{ context?: BrowserContextOptions, css?: string }} [options]
 */
async function withWarning(setting, look, { context = {}, css = '' } = {}) {
  const scene = await openScene(setting, context);
  if (css) await scene.page.addStyleTag({ content: css });
  await scene.warn();
  await scene.advance(second, 250);
  const result = await look(scene.page, setting.dialog.selector);
  await scene.context.close();
  return result;
}

/** @param {Setting} setting */
export async function rightToLeft(setting) {
  const look = (
    /** @type {import('playwright-core').Page} */ page,
    /** @type {string} */ selector,
  ) =>
    page.evaluate((of) => {
      const margins = (/** @type {string} */ dir) => {
        document.documentElement.dir = dir;
        const box = document.querySelector(of)?.getBoundingClientRect() ?? new DOMRect();
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(`${of} :is(h1, h2)`) ?? document.body);
        const text = range.getBoundingClientRect();
        return { left: text.left - box.left, right: box.right - text.right };
      };
      return Math.abs(margins('ltr').left - margins('rtl').right) < 4;
    }, selector);
  return (await withWarning(setting, look)) ? 'mirrored' : 'not mirrored';
}

/** @param {Setting} setting */
export async function dark(setting) {
  const look = (
    /** @type {import('playwright-core').Page} */ page,
    /** @type {string} */ selector,
  ) =>
    page.evaluate((of) => {
      // The browser converts any colour to sRGB.
      const canvas = new OffscreenCanvas(1, 1).getContext('2d');
      for (let each = document.querySelector(of); each && canvas; each = each.firstElementChild) {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = getComputedStyle(each).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
        if (alpha > 0) return red + green + blue < 300;
      }
      return false;
    }, selector);
  const isDark = await withWarning(setting, look, {
    context: { colorScheme: 'dark' },
    css: ':root { color-scheme: light dark }',
  });
  return isDark ? 'dark' : 'light on the dark page';
}

/** @param {Setting} setting */
export async function reducedMotion(setting) {
  const count = (/** @type {import('playwright-core').Page} */ page) =>
    page.evaluate(() => window.record.animations);
  const [usual, reduced] = [
    await withWarning(setting, count),
    await withWarning(setting, count, { context: { reducedMotion: 'reduce' } }),
  ];
  if (usual === 0 && reduced === 0) return 'never moves';
  return reduced === 0 ? 'does not move' : `still moves (${reduced} transitions or animations)`;
}

/** @param {Setting} setting */
export async function forcedColors(setting) {
  const look = (
    /** @type {import('playwright-core').Page} */ page,
    /** @type {string} */ selector,
  ) =>
    page.evaluate((of) => {
      const hasEdge = (/** @type {Element} */ element) => {
        const style = getComputedStyle(element);
        return (
          (style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) > 0) ||
          (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0)
        );
      };
      const dialog = document.querySelector(of);
      // A button with an icon needs no edge.
      const buttons = [...(dialog?.querySelectorAll('button, a[href]') ?? [])].filter(
        (each) => !each.querySelector('svg'),
      );
      const first = dialog?.firstElementChild;
      return {
        dialog: [dialog, first].some((each) => each && hasEdge(each)),
        buttons: buttons.filter((each) => each.localName === 'a' || hasEdge(each)).length,
        of: buttons.length,
      };
    }, selector);
  const edges = await withWarning(setting, look, { context: { forcedColors: 'active' } });
  const frame = edges.dialog ? 'the dialog has an edge' : 'no edge around the dialog';
  return `${frame}; ${edges.buttons} of ${edges.of} buttons and links are recognizable`;
}

/** @param {Setting} setting */
export async function narrow(setting) {
  const look = (
    /** @type {import('playwright-core').Page} */ page,
    /** @type {string} */ selector,
  ) =>
    page.evaluate((of) => {
      const dialog = document.querySelector(of);
      const box = dialog?.getBoundingClientRect();
      const buttons = [...(dialog?.querySelectorAll('button, a[href]') ?? [])];
      const isReachable = (/** @type {Element} */ button) => {
        button.scrollIntoView({ block: 'center' });
        const { left, right, top, bottom } = button.getBoundingClientRect();
        return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
      };
      const fits = box !== undefined && box.left >= 0 && box.right <= innerWidth;
      return fits && (dialog?.scrollWidth ?? 0) <= innerWidth && buttons.every(isReachable);
    }, selector);
  const sizes = [568, 256];
  const results = [];
  for (const height of sizes) {
    const context = { viewport: { width: 320, height } };
    const fits = await withWarning(setting, look, { context });
    results.push(`320 × ${height}: ${fits ? 'all reachable' : 'cut off'}`);
  }
  return results.join('; ');
}

/** @param {Setting} setting */
export async function axe(setting) {
  const look = async (
    /** @type {import('playwright-core').Page} */ page,
    /** @type {string} */ selector,
  ) => {
    await page.addScriptTag({ path: resolve('axe-core/axe.min.js') });
    // It sets timers.
    await page.clock.resume();
    return page.evaluate(async (of) => {
      const { axe } = /** @type {any} */ (window);
      const { violations } = await axe.run({ include: [[of]] });
      return violations.map((/** @type {{ id: string }} */ { id }) => id);
    }, selector);
  };
  const ids = await withWarning(setting, look);
  return ids.length === 0 ? 'none' : ids.map((/** @type {string} */ id) => `\`${id}\``).join(', ');
}

/** @param {Setting} setting */
export async function strictPolicy(setting) {
  setting.site.policy = "default-src 'self'";
  try {
    const scene = await openScene(setting);
    await scene.warn();
    await scene.advance(second, 250);
    const refused = await scene.page.evaluate(() => window.record.refused);
    await scene.context.close();
    if (refused.length === 0) return 'works';
    return `${refused.length} refused (${[...new Set(refused)].map((each) => `\`${each}\``).join(', ')})`;
  } finally {
    setting.site.policy = '';
  }
}

/** @param {Setting} setting */
export async function work(setting) {
  const scene = await openScene(setting);
  const { listeners } = await scene.page.evaluate(() => window.counters);
  // React adds these.
  const others = new Set(['selectionchange', 'test']);
  const own = Object.entries(listeners).filter(([type]) => !others.has(type));
  const count = own.reduce((sum, [, each]) => sum + each, 0);
  const before = await scene.page.evaluate(() => window.counters.timers);
  await scene.advance(10 * minute);
  const fired = (await scene.page.evaluate(() => window.counters.timers)) - before;
  await scene.context.close();
  return `${fired} timer callbacks in 10 minutes; ${count} listeners on \`window\` and \`document\``;
}
