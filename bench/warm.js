// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { freePort } from '../scripts/ports.js';
import { aliases } from '../vite.shared.js';
import { launch } from './browser.js';

const root = fileURLToPath(new URL('page', import.meta.url));
const calls = 100_000;
const warmUps = 5;
const rounds = 21;

/**
 * Awaits all kinds of calls in each round, in one page with a production build. Resolves with the time per
 * call of each kind (ns), by round.
 */
async function measureWarmCalls() {
  const outDir = await mkdtemp(join(tmpdir(), 'session-clock-'));
  // A development build has checks that an app's users do not pay for.
  Object.assign(process.env, { NODE_ENV: 'production' });
  const config = /** @type {const} */ ({ root, logLevel: 'error', configFile: false });
  await build({
    ...config,
    resolve: { alias: aliases },
    build: { outDir, rolldownOptions: { input: `${root}/warm.html` } },
  });
  const port = await freePort(3_400);
  const server = await preview({
    ...config,
    build: { outDir },
    preview: { port, strictPort: true },
  });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/warm.html`);
    await page.waitForFunction(() => window.warm !== undefined);
    const measured = [];
    for (let round = 0; round < warmUps + rounds; round++) {
      measured.push(await page.evaluate((count) => window.warm.measure(count), calls));
    }
    return measured.slice(warmUps);
  } finally {
    await browser.close();
    await server.close();
    await rm(outDir, { recursive: true });
  }
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const measured = await measureWarmCalls();
const [first = {}] = measured;
const [baseline = ''] = Object.keys(first);
console.log(
  `\nawaited calls with a valid token in hand: ${rounds} rounds of ${calls.toLocaleString('en')} each, medians`,
);
for (const kind of Object.keys(first)) {
  const time = median(measured.map((round) => round[kind] ?? Number.NaN));
  // Within a round, because a busy machine slows all kinds of one round.
  const ratio = median(
    measured.map((round) => (round[kind] ?? Number.NaN) / (round[baseline] ?? Number.NaN)),
  );
  console.log(
    `  ${kind.padEnd(50)}${time.toFixed(0).padStart(6)} ns${ratio.toFixed(1).padStart(7)} ×`,
  );
}
