// @ts-check
import {
  accessibleState,
  clockText,
  describeState,
  keptNote,
  minute,
  openScene,
  second,
} from '../scene.js';

/** @typedef {import('../scene.js').Setting} Setting */
/** @typedef {import('../scene.js').Scene} Scene */

/** @param {Scene} scene */
function spokenTexts({ page }) {
  return page.evaluate(() => window.record?.spoken ?? []);
}

/** @param {Setting} setting */
export async function utterances(setting) {
  const scene = await openScene(setting);
  await scene.warn();
  const { role, name, description, focused } = await accessibleState(scene);
  const endsAt = (await scene.page.evaluate(() => Date.now())) + 2 * minute;
  // From the opening on, less than a second late.
  await scene.advance(118 * second, second);
  const spoken = await spokenTexts(scene);
  await scene.context.close();
  const lines = [
    `opening: ${role} “${name}”${description && `, “${description}”`}; focus on ${focusText(focused)}`,
    ...spoken.map(({ at, by, text }) => `${clockText(endsAt - at)} ${by}: “${text}”`),
  ];
  return spoken.length === 0 ? `${lines[0]}<br>then nothing` : lines.join('<br>');
}

/** @param {{ role: string, name: string }} focused */
function focusText({ role, name }) {
  if (role === 'RootWebArea') return 'the page';
  return name ? `the ${role} “${name}”` : `the ${role}`;
}

/** @param {Setting} setting */
export async function focus(setting) {
  const scene = await openScene(setting);
  await scene.page.focus('#note');
  await scene.warn();
  await scene.advance(second);
  const { focused, seesNote } = await accessibleState(scene);
  const outside = new Set();
  for (let press = 0; press < 8; press++) {
    await scene.page.keyboard.press('Tab');
    const place = await scene.page.evaluate((selector) => {
      const { activeElement } = document;
      if (activeElement === document.body || activeElement?.closest(selector)) return '';
      return activeElement?.closest('[role="presentation"], dialog')
        ? ''
        : activeElement?.textContent || activeElement?.id;
    }, setting.dialog.selector);
    if (place) outside.add(place);
  }
  await scene.stay();
  await scene.advance(second, 250);
  const after = await scene.page.evaluate(() => document.activeElement?.id);
  await scene.context.close();
  const trap =
    outside.size === 0 ? 'Tab stays inside' : `Tab leaves it (${[...outside].join(', ')})`;
  const page = seesNote
    ? 'a screen reader still reaches the page'
    : 'the page is hidden from screen readers';
  return `goes to ${focusText(focused)}; ${trap}; ${page}; ${after === 'note' ? 'returns to the field' : 'does not return to the field'}`;
}

/** @param {Setting} setting */
export async function escape(setting) {
  const scene = await openScene(setting);
  await scene.warn();
  await scene.advance(3 * second);
  await scene.page.keyboard.press('Escape');
  await scene.advance(second, 250);
  const result = await answerText(scene);
  await scene.context.close();
  return result;
}

/** @param {Scene} scene */
async function answerText(scene) {
  const { keepAlives } = scene.site;
  const state = (await scene.isOpen()) ? 'stays open' : 'closes';
  return `${state}, ${keepAlives > 0 ? 'extends the session' : 'nothing is sent'}`;
}

/** @param {Setting} setting */
export async function nextKey(setting) {
  const results = [];
  for (const key of ['Space', 'Enter']) {
    const scene = await openScene(setting);
    await scene.page.focus('#note');
    await scene.warn();
    await scene.page.keyboard.press(key);
    await scene.advance(second, 250);
    results.push(`${key}: ${await answerText(scene)}`);
    await scene.context.close();
  }
  return results.join('; ');
}

/** @param {Setting} setting */
export async function extendFails(setting) {
  const scene = await openScene(setting);
  await scene.context.route('**/keep-alive', (route) => route.abort('internetdisconnected'));
  await scene.warn();
  const before = (await spokenTexts(scene)).length;
  await scene.stay();
  await scene.advance(20 * second, second);
  const spoken = (await spokenTexts(scene)).slice(before).filter(({ by }) => by === 'alert');
  const state = (await scene.isOpen()) ? 'stays open' : 'closes';
  const texts = spoken.map(({ text }) => `“${text}”`).join(' ');
  await scene.context.close();
  return `${state}, ${texts || 'as if it had worked'}`;
}

/** @param {Setting} setting */
export async function extendWorks(setting) {
  const scene = await openScene(setting);
  await scene.warn();
  const before = (await spokenTexts(scene)).length;
  await scene.stay();
  await scene.advance(2 * second, 250);
  const spoken = (await spokenTexts(scene)).slice(before);
  const state = (await scene.isOpen()) ? 'stays open' : 'closes';
  const texts = spoken.map(({ text }) => `“${text}”`).join(', ');
  await scene.context.close();
  return texts ? `${state}, shows and announces ${texts}` : `${state}, nothing is shown`;
}

/** @param {Setting} setting */
export async function end(setting) {
  const scene = await openScene(setting);
  await scene.page.fill('#note', 'half a sentence');
  await scene.advance(16 * minute);
  const state = await describeState(scene);
  const note = await keptNote(scene);
  await scene.context.close();
  return `${state}; the form is ${note === 'half a sentence' ? 'kept' : 'lost'}`;
}

/** @param {Setting} setting */
export async function overModal(setting) {
  const scene = await openScene(setting);
  await scene.page.click('#open-modal');
  await scene.page.focus('#new-name');
  await scene.warn();
  await scene.advance(second);
  const button = scene.page.locator(`${setting.dialog.selector} button`, {
    hasText: setting.dialog.stay,
  });
  const box = await button.boundingBox();
  if (box) await scene.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await scene.advance(second, 250);
  const works = setting.site.keepAlives > 0;
  const after = await scene.page.evaluate(() => document.activeElement?.id);
  await scene.context.close();
  if (!works) return 'behind it: the button cannot be pressed';
  return `above it, the button works; the focus ${after === 'new-name' ? 'returns into the modal' : 'does not return'}`;
}
