// @ts-check

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { freePort } from '../scripts/ports.js';
import { aliases } from '../vite.shared.js';
import { launch } from './browser.js';

const root = fileURLToPath(new URL('page', import.meta.url));
const kinds = /** @type {const} */ (['session-clock', 'shared-ticker']);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '60' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

/**
 * Measures what `work` costs the main thread of a page.
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<void>} work
 */
async function mainThread(page, work) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await read();
  await work();
  const after = await read();
  await session.detach();
  /** @param {string} name */
  const spent = (name) => ((after[name] ?? 0) - (before[name] ?? 0)) * 1_000;
  return {
    task: spent('TaskDuration'),
    script: spent('ScriptDuration'),
    layout: spent('LayoutDuration') + spent('RecalcStyleDuration'),
  };
}

/**
 * Opens the page, waits until it counts, and measures `seconds` of it.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 */
async function measure(browser, address) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => /^14:5/.test(window.countdowns?.text() ?? ''));
  // The page is compiled and laid out in its first seconds.
  await wait(5_000);
  const timersSet = () => page.evaluate(() => window.countdowns.timersSet());
  const before = await timersSet();
  const time = await mainThread(page, () => wait(seconds * 1_000));
  const timers = (await timersSet()) - before;
  const pending = await page.evaluate(() => window.countdowns.pending().length);
  const changes = await page.evaluate(() => window.countdowns.observe(5_000));
  const pendingHidden = await hide(page);
  await page.close();
  return {
    ...time,
    timers,
    changes,
    pending,
    pendingHidden,
  };
}

/**
 * Makes the page appear hidden, as a headless one never is. Resolves with its number of pending timers.
 * @param {import('playwright-core').Page} page
 */
async function hide(page) {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await wait(2_000);
  return page.evaluate(() => window.countdowns.pending().length);
}

/** @param {number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

const outDir = await mkdtemp(join(tmpdir(), 'session-clock-'));
// A development build has checks that an app's users do not pay for.
Object.assign(process.env, { NODE_ENV: 'production' });
const config = /** @type {const} */ ({ root, logLevel: 'error', configFile: false });
await build({
  ...config,
  resolve: { alias: aliases },
  build: { outDir, rolldownOptions: { input: `${root}/countdowns.html` } },
});
const port = await freePort(3_400);
const server = await preview({ ...config, build: { outDir }, preview: { port, strictPort: true } });
const browser = await launch();
const results = /** @type {Record<string, Awaited<ReturnType<typeof measure>>[]>} */ ({});
try {
  // Alternating, because a busy machine slows both.
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) {
      const address = `http://localhost:${port}/countdowns.html?kind=${kind}`;
      (results[kind] ??= []).push(await measure(browser, address));
    }
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true });
}

console.log(`\n1,000 countdowns for ${seconds} s, medians of ${rounds} alternating rounds`);
for (const kind of kinds) {
  const runs = results[kind] ?? [];
  /** @param {'task' | 'script' | 'layout' | 'timers' | 'changes' | 'pending' | 'pendingHidden'} name */
  const of = (name) => median(runs.map((run) => run[name]));
  console.log(`  ${kind}`);
  console.log(
    `    main thread      ${of('task').toFixed(0)} ms (script ${of('script').toFixed(0)}, style and layout ${of('layout').toFixed(0)})`,
  );
  console.log(`    timers set       ${of('timers')}`);
  console.log(`    texts changed    ${of('changes')} in 5 s`);
  console.log(`    pending timers   ${of('pending')}, in a hidden tab ${of('pendingHidden')}`);
}
