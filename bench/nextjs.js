// @ts-check
import { startExample } from '../examples/nextjs-auth0/serve.js';
import { freePort } from '../scripts/ports.js';
import { launch } from './browser.js';

const tabs = 10;
const accessTokenTtl = 3;
/** `minValidity` asks for up to a fifth of a token's life. */
const usablePart = 0.8;

/**
 * Ten tabs of the example app with ten callers each, which request a token at once whenever the current
 * one has expired.
 * @param {{ rounds: number, alone?: boolean }} options
 */
export async function driveNextjs({ rounds, alone = false }) {
  const port = await freePort(3_300);
  // Sessions in the cookie are the SDK's default.
  const app = await startExample({ port, accessTokenTtl, sessions: 'cookie' });
  const browser = await launch();
  try {
    const context = await browser.newContext();
    const refusals = countRefusals(context);
    const pages = await openTabs(context, `${app.origin}/many-calls${alone ? '?alone' : ''}`);
    let expiries = 0;
    for (let round = 1; round <= rounds; round++) {
      await new Promise((resolve) => setTimeout(resolve, accessTokenTtl * 1_000 + 200));
      const startedAt = Date.now();
      await Promise.all(pages.map((page) => requestTen(page, round * 10)));
      // On a busy machine, a round may last until the new token must be refreshed.
      expiries += 1 + Math.floor((Date.now() - startedAt) / (usablePart * accessTokenTtl * 1_000));
    }
    return {
      expiries,
      outcomes: sum(await Promise.all(pages.map(outcomesOf))),
      refusals: refusals.count,
      counts: app.counts(),
    };
  } finally {
    await browser.close();
    await app.stop();
  }
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url
 */
async function openTabs(context, url) {
  const first = await context.newPage();
  await first.goto(`${new URL(url).origin}/auth/login?returnTo=/many-calls`);
  await first.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await first.getByRole('button', { name: 'Request ten tokens' }).waitFor();
  const pages = [first];
  while (pages.length < tabs) pages.push(await context.newPage());
  for (const page of pages) {
    await page.goto(url);
    // Before hydration, a click has no effect.
    await page.waitForFunction(() =>
      Object.keys(document.querySelector('button.primary') ?? {}).some((key) =>
        key.startsWith('__react'),
      ),
    );
  }
  return pages;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {number} expected
 */
async function requestTen(page, expected) {
  await page.evaluate(() => {
    /** @type {HTMLElement | null} */ (document.querySelector('button.primary'))?.click();
  });
  await page.waitForFunction(
    (count) => {
      const text = document.querySelector('output[aria-label="Outcomes"]')?.textContent ?? '{}';
      const counts = /** @type {number[]} */ (Object.values(JSON.parse(text)));
      return counts.reduce((sum, each) => sum + each, 0) === count;
    },
    expected,
    { timeout: 60_000 },
  );
}

/** @param {import('playwright-core').Page} page @returns {Promise<Record<string, number>>} */
async function outcomesOf(page) {
  return JSON.parse((await page.getByLabel('Outcomes').textContent()) ?? '{}');
}

/** @param {Record<string, number>[]} all */
function sum(all) {
  /** @type {Record<string, number>} */
  const total = {};
  for (const each of all) {
    for (const [outcome, count] of Object.entries(each)) {
      total[outcome] = (total[outcome] ?? 0) + count;
    }
  }
  return total;
}

/** Counts the 401 answers in all tabs. @param {import('playwright-core').BrowserContext} context */
function countRefusals(context) {
  const refusals = { count: 0 };
  context.on('response', (response) => {
    if (response.status() === 401) refusals.count++;
  });
  return refusals;
}
