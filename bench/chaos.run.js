// @ts-check
import { driveChaos } from './chaos.js';

/** @param {string} name @param {number} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? Number(process.argv[at + 1]) : otherwise;
}

const seed = option('seed', Date.now() % 1_000_000_000);
const tabs = option('tabs', 20);
const rotations = option('rotations', 200);
console.log(`Chaos with the seed ${seed}; again: npm run chaos -- --seed ${seed}`);
const { steps, endings, states, counts } = await driveChaos({
  seed,
  tabs,
  rotations,
  log: console.log,
});
console.log(`
  steps                  ${steps}
  rotations              ${counts.refreshes}
  reused refresh tokens  ${counts.reusedRefreshTokens}
  sessions lost          ${endings.length}${endings.length ? ` (${endings.join(', ')})` : ''}
  in the end             ${states.length === 1 ? `all tabs agree: ${states[0]?.status}` : `${states.length} opinions`}`);
const good = counts.reusedRefreshTokens === 0 && endings.length === 0 && states.length === 1;
process.exitCode = good ? 0 : 1;
