// @ts-check
import { clockText, describeState, minute, openScene, second } from '../scene.js';

/** @typedef {import('../scene.js').Setting} Setting */
/** @typedef {import('../scene.js').Scene} Scene */

const hour = 60 * minute;

/**
 * Whether the session has ended for the user: the page was left, or a dialog says so.
 * @param {string} state
 */
function isEnd(state) {
  return /left|ended|gone/.test(state);
}

/**
 * When the warning opens and when the session ends, in the time since the page was loaded.
 * @param {Scene} scene
 * @param {number} limit
 * @param {number} step
 */
async function watch(scene, limit, step) {
  let state = '';
  const look = async () => {
    state = await describeState(scene);
    return state;
  };
  if (!(await scene.until(async () => (await look()) !== 'nothing is shown', limit, step))) {
    return `no warning and no end until ${clockText(limit)}`;
  }
  const shownAt = clockText(scene.elapsed);
  if (isEnd(state)) {
    return `no warning, ${state.includes('gone') ? `at ${shownAt} ${state}` : `end at ${shownAt}`}`;
  }
  // To the second, unless it is late.
  await scene.advance(minute + 50 * second, second);
  const isOver = async () => isEnd(await look());
  const ended =
    (await scene.until(isOver, scene.elapsed + 15 * second)) ||
    (await scene.until(isOver, limit, step));
  const end = ended ? `end at ${clockText(scene.elapsed)}` : `no end until ${clockText(limit)}`;
  return `warning at ${shownAt}, ${end}`;
}

/** @param {Setting} setting */
export async function onTime(setting) {
  const scene = await openScene(setting);
  await scene.advance(2 * minute + 9 * second);
  await scene.page.mouse.move(100, 300);
  await scene.page.keyboard.press('Shift');
  await scene.advance(12 * minute + 45 * second - scene.elapsed);
  const result = await watch(scene, 19 * minute, 5 * second);
  await scene.context.close();
  return result;
}

/** @param {Setting} setting */
export async function sleepBefore(setting) {
  return sleepAt(setting, 5 * minute);
}

/** @param {Setting} setting */
export async function sleepDuring(setting) {
  return sleepAt(setting, 13 * minute + 45 * second);
}

/**
 * @param {Setting} setting
 * @param {number} at
 */
async function sleepAt(setting, at) {
  const scene = await openScene(setting);
  await scene.advance(at - scene.elapsed);
  setting.site.isSignedIn = false;
  await scene.fastForward(8 * hour);
  await scene.advance(2 * second, second);
  const first = await describeState(scene);
  await scene.advance(minute, second);
  const later = await describeState(scene);
  await scene.context.close();
  return first === later ? first : `${first}; a minute later: ${later}`;
}

/** @param {Setting} setting */
export async function clockAhead(setting) {
  return changeClock(setting, hour);
}

/** @param {Setting} setting */
export async function clockBehind(setting) {
  return changeClock(setting, -hour);
}

/**
 * @param {Setting} setting
 * @param {number} by
 */
async function changeClock(setting, by) {
  const scene = await openScene(setting);
  await scene.advance(5 * minute - scene.elapsed);
  const now = await scene.page.evaluate(() => Date.now());
  await scene.context.clock.setSystemTime(now + by);
  // By the second, because session-clock asks for the server's time now.
  await scene.until(async () => isEnd(await describeState(scene)), scene.elapsed + 30 * second);
  const result = await watch(scene, 20 * minute, 10 * second);
  await scene.context.close();
  return result;
}

/**
 * A hidden tab whose timers fire once a minute, as Chromium throttles them.
 * @param {Setting} setting
 */
export async function hidden(setting) {
  const scene = await openScene(setting);
  await scene.advance(5 * minute - scene.elapsed);
  await scene.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  const steps = [];
  let title = '';
  while (scene.elapsed < 20 * minute && !isEnd(await describeState(scene))) {
    await scene.fastForward(minute);
    await scene.context.clock.runFor(500);
    if (steps.length === 0 && (await scene.isOpen())) {
      steps.push(`warning at ${clockText(scene.elapsed)}`);
      title = await scene.page.title();
    }
  }
  const end = isEnd(await describeState(scene))
    ? `end at ${clockText(scene.elapsed)}`
    : 'no end until 20:00';
  await scene.context.close();
  const tab = title === 'Notes' ? 'the title of the tab does not change' : `title “${title}”`;
  return [...steps, ...(title ? [tab] : []), end].join(', ');
}
