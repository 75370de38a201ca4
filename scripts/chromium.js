// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root } from './dependencies.js';

const commonPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Returns the path of a Chromium: `CHROMIUM_PATH`, the system's, Playwright's, or a newly installed one. */
export async function ensureChromium() {
  return (await find()) ?? (await install());
}

async function find() {
  const own = process.env['CHROMIUM_PATH'];
  if (own && !existsSync(own))
    throw new Error(
      `CHROMIUM_PATH is ${own}, but there is no such file. Set it to an existing Chromium.`,
    );
  return own ?? commonPaths.find(existsSync) ?? (await findPlaywrightChromium());
}

async function findPlaywrightChromium() {
  const { chromium } = await import('playwright-core');
  return [chromium.executablePath()].find(existsSync);
}

async function install() {
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log("Installing Chromium from the system's packages …");
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } else {
    console.log("Installing Playwright's Chromium …");
    run(process.execPath, [`${root}node_modules/playwright-core/cli.js`, 'install', 'chromium']);
  }
  const path = await find();
  if (path) return path;
  throw new Error(
    'No Chromium was found, and none could be installed. Install one, and set CHROMIUM_PATH to it.',
  );
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  if (status !== 0) console.error(stderr);
}
