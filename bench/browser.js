// @ts-check
import { chromium } from 'playwright-core';
import { ensureChromium } from '../scripts/chromium.js';

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** A real Chromium. */
export async function launch() {
  return chromium.launch({ executablePath: await ensureChromium(), args: flags.split(' ') });
}
