// @ts-check
import { minute, openScene, second } from '../scene.js';

/** @typedef {import('../scene.js').Setting} Setting */

/** @param {Setting} setting */
export async function activityElsewhere(setting) {
  const scene = await openScene(setting);
  const other = await scene.openTab();
  await scene.advance(10 * minute - scene.elapsed);
  await other.mouse.move(100, 300);
  await other.keyboard.press('Shift');
  await scene.advance(14 * minute - scene.elapsed);
  const [here, there] = [await scene.isOpen(), await scene.isOpen(other)];
  await scene.context.close();
  if (!here && !there) return 'neither tab warns';
  return here && there ? 'both tabs warn' : `${here ? 'the other' : 'the active'} tab warns`;
}

/** @param {Setting} setting */
export async function answerElsewhere(setting) {
  const scene = await openScene(setting);
  const other = await scene.openTab();
  await scene.warn();
  await scene.advance(2 * second);
  if (!(await scene.isOpen(other))) {
    await scene.context.close();
    return 'only one of the tabs warns';
  }
  await scene.stay();
  await scene.advance(500);
  const answeredAt = scene.elapsed;
  const closes = await scene.until(
    async () => !(await scene.isOpen(other)),
    answeredAt + 50 * second,
  );
  const after = (scene.elapsed - answeredAt) / second;
  await scene.context.close();
  if (!closes) return 'the warning of the other tab stays open';
  return after < 1 ? 'closed at once' : `closed within ${after} s`;
}
