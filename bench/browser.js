// @ts-check
import { chromium } from 'playwright-core';
import { ensureChromium } from '../scripts/chromium.js';

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/**
 * A real Chromium. `keepsPages`: for "back" too, which Playwright has switched off by default.
 * @param {{ keepsPages?: boolean }} [options]
 */
export async function launch({ keepsPages = false } = {}) {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: flags.split(' '),
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
  });
}
