import { type Browser, chromium } from 'playwright-core';

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** The Chromium that `npm test` has found. */
export function chromiumOptions(): { executablePath: string; args: string[] } {
  return {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: flags.split(' '),
  };
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch(chromiumOptions());
}
