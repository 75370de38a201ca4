// @ts-check
import { chromium } from 'playwright-core';
import { ensureChromium } from '../scripts/chromium.js';

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/**
 * Starts a Chromium. `withPageCache`: with the back/forward cache, which Playwright disables by default.
 * @param {{ withPageCache?: boolean }} [options]
 */
export async function launch({ withPageCache = false } = {}) {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: flags.split(' '),
    ignoreDefaultArgs: withPageCache ? ['--disable-back-forward-cache'] : [],
  });
}
