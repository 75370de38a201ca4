// @ts-check
import { spawnSync } from 'node:child_process';
import { root } from './dependencies.js';

/**
 * Runs the interleavings of several tabs longer than `npm test` does.
 *
 *   npm run fuzz -- --runs 100000 --seed 7    random runs of each policy, and their seed
 *   npm run fuzz -- --depth 5                 all orders of five steps in two tabs, about 90 s
 *
 * @param {string} name
 */
function option(name) {
  const index = process.argv.indexOf(`--${name}`);
  return index > 0 ? process.argv[index + 1] : undefined;
}

const seed = option('seed') ?? String(Date.now() % 1_000_000_000);
const runs = option('runs') ?? '10000';
const depth = option('depth') ?? '4';
console.log(`Seed ${seed}. To repeat: npm run fuzz -- --runs ${runs} --seed ${seed}`);
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'unit', 'test/core/interleavings'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      RUNS: runs,
      SEED: seed,
      DEPTH: depth,
      NODE_OPTIONS: '--max-old-space-size=8192',
    },
  },
);
process.exitCode = status ?? 1;
