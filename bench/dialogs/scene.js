// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import { recordPage } from './recorder.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ browser: import('playwright-core').Browser, site: import('./site.js').Site, dialog: import('./dialogs.js').Dialog }} Setting */
/** @typedef {Awaited<ReturnType<typeof openScene>>} Scene */

const loadedAt = Date.UTC(2026, 0, 1, 10);
export const second = 1_000;
export const minute = 60 * second;

/**
 * Opens the page of a dialog in a new browser profile, whose clock stands still until `advance()`.
 * @param {Setting} setting
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openScene({ browser, site, dialog }, options = {}) {
  const context = await browser.newContext({ locale: 'en', timezoneId: 'UTC', ...options });
  context.setDefaultTimeout(10_000);
  await context.clock.install({ time: loadedAt - second });
  await context.clock.pauseAt(loadedAt);
  await context.addInitScript(recordPage);
  let requests = 0;

  const onAnswer = () => {
    requests--;
  };
  context.on('request', () => {
    requests++;
  });
  context.on('requestfinished', onAnswer);
  context.on('requestfailed', onAnswer);
  /** Until requests are answered, messages of other tabs have arrived and React has rendered: these take real time. */
  const settle = async (ms = 25) => {
    await wait(ms);
    while (requests > 0) await wait(ms);
  };
  Object.assign(site, { isSignedIn: true, keepAlives: 0, now: loadedAt });
  const openTab = async () => {
    const page = await context.newPage();
    await page.goto(`${site.origin}/${dialog.name}.html`);
    // Not by a locator: it would add listeners of its own, and these are counted.
    while (!(await page.evaluate(() => document.querySelector('#note') !== null))) await wait(20);
    return page;
  };
  const page = await openTab();
  const pass = (/** @type {number} */ ms) => {
    scene.elapsed += ms;
    site.now = loadedAt + scene.elapsed;
  };
  const scene = {
    context,
    site,
    dialog,
    page,
    openTab,
    /** The time since the page was loaded (ms), whatever its clock says. */
    elapsed: 0,
    /** Lets `ms` pass, and all timers fire on time. */
    async advance(/** @type {number} */ ms, step = 30 * second) {
      await settle(5);
      for (let rest = ms; rest > 0; rest -= step) {
        const part = Math.min(step, rest);
        pass(part);
        await context.clock.runFor(part);
        await settle(5);
      }
      await settle();
    },
    /** Lets `ms` pass in which no timer fires, as while the device sleeps; each that is due then fires once. */
    async fastForward(/** @type {number} */ ms) {
      pass(ms);
      await context.clock.fastForward(ms);
      await settle();
    },
    isOpen: (tab = page) => isShown(tab, dialog.selector),
    /** Whether the page was left. */
    hasLeft: () => !page.url().endsWith(`/${dialog.name}.html`),
    stay: (tab = page) => tab.getByRole('button', { name: dialog.stay }).click(),
    /** Advances by `step` until `condition` holds. Resolves with `false` if it does not before `elapsed` is `limit`. */
    async until(
      /** @type {() => boolean | Promise<boolean>} */ condition,
      /** @type {number} */ limit,
      step = second,
    ) {
      while (!(await condition())) {
        if (scene.elapsed >= limit) return false;
        await scene.advance(step, step);
      }
      return true;
    },
    /** Advances until the warning opens. Throws if it does not. */
    async warn(from = 13 * minute - 5 * second) {
      await scene.advance(from - scene.elapsed);
      const isOpen = async () => {
        await settle(100);
        return scene.isOpen();
      };
      if (await scene.until(isOpen, from + 2 * minute)) return;
      throw new Error(`${dialog.name}: no warning until ${clockText(scene.elapsed)}`);
    },
  };
  await scene.advance(second);
  return scene;
}

/**
 * @param {Page} page
 * @param {string} selector
 */
function isShown(page, selector) {
  return read(
    page,
    (of) => document.querySelector(of)?.checkVisibility({ opacityProperty: true }) ?? false,
    selector,
  );
}

/**
 * Evaluates `work` in the page; again, if the page was left in the meantime.
 * @template Value, Result
 * @param {Page} page
 * @param {(value: Value) => Result} work
 * @param {Value} value
 */
async function read(page, work, value) {
  try {
    return await page.evaluate(/** @type {any} */ (work), value);
  } catch (error) {
    if (!String(error).includes('navigation')) throw error;
    await page.waitForLoadState();
    return page.evaluate(/** @type {any} */ (work), value);
  }
}

/** @param {number} ms */
export function clockText(ms) {
  const seconds = Math.round(ms / second);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * What the user sees besides the app.
 * @param {Scene} scene
 * @returns {Promise<string>}
 */
export async function describeState(scene) {
  const { page, dialog, hasLeft } = scene;
  if (hasLeft()) return `the page is left for \`${new URL(page.url()).pathname}\``;
  const state = await read(
    page,
    (selector) => {
      const box = document.querySelector(selector);
      const heading = box?.checkVisibility() ? box.querySelector('h1, h2')?.textContent : null;
      return { heading, hasApp: document.querySelector('#note') !== null };
    },
    dialog.selector,
  );
  if (hasLeft()) return describeState(scene);
  if (!state.hasApp) return 'the app is gone: an error while React rendered the dialog';
  return state.heading ? `a dialog is shown: “${state.heading}”` : 'nothing is shown';
}

/** @param {Scene} scene */
export function keptNote({ page }) {
  return page.evaluate(() => {
    const note = document.querySelector('#note');
    return note instanceof HTMLInputElement ? note.value : null;
  });
}

/**
 * The name and description of the dialog and of the focused element, as assistive technology gets them.
 * @param {Scene} scene
 * @param {Page} [tab]
 */
export async function accessibleState(scene, tab = scene.page) {
  const session = await scene.context.newCDPSession(tab);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const shown = nodes.filter((node) => !node.ignored);
  const isDialog = (/** @type {typeof nodes[number]} */ node) =>
    /^(alert)?dialog$/.test(node.role?.value) && node.name?.value !== 'Rename';
  const dialog = shown.find(isDialog);
  const focused = shown.findLast((node) =>
    node.properties?.some(({ name, value }) => name === 'focused' && value.value),
  );
  const text = (/** @type {any} */ value) =>
    String(value?.value ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  return {
    role: text(dialog?.role),
    name: text(dialog?.name),
    description: text(dialog?.description),
    focused: { role: text(focused?.role), name: text(focused?.name) },
    seesNote: shown.some(({ role, name }) => role?.value === 'textbox' && name?.value === 'Note'),
  };
}
