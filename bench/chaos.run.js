// @ts-check
import { driveChaos } from './chaos.js';

/** @param {string} name @param {number} defaultValue */
function option(name, defaultValue) {
  const index = process.argv.indexOf(`--${name}`);
  return index > 0 ? Number(process.argv[index + 1]) : defaultValue;
}

const seed = option('seed', Date.now() % 1_000_000_000);
const tabs = option('tabs', 20);
const rotations = option('rotations', 200);
console.log(`Chaos with seed ${seed}. To repeat: npm run chaos -- --seed ${seed}`);
const { steps, endReasons, states, counts } = await driveChaos({
  seed,
  tabs,
  rotations,
  log: console.log,
});
console.log(`
  steps                  ${steps}
  rotations              ${counts.refreshes}
  reused refresh tokens  ${counts.reusedRefreshTokens}
  sessions lost          ${endReasons.length}${endReasons.length ? ` (${endReasons.join(', ')})` : ''}
  final state            ${states.length === 1 ? `all tabs agree: ${states[0]?.status}` : `${states.length} different states`}`);
const isPassed = counts.reusedRefreshTokens === 0 && endReasons.length === 0 && states.length === 1;
process.exitCode = isPassed ? 0 : 1;
