// @ts-check
import { spawn } from 'node:child_process';
import { ensureDependencies, root } from './dependencies.js';
import { freePort } from './ports.js';

/** Starts the provider, the API and Storybook, and prints where to look. Ctrl-C stops them all. */
async function main() {
  ensureDependencies();
  const port = await takePort(readPort(), 'Storybook');
  const providerPort = await takePort(port + 1, 'the provider');
  const apiPort = await takePort(providerPort + 1, 'the API');
  const app = `http://localhost:${port}`;

  const { startDemo } = await import('../demo/index.js');
  const demo = await startDemo({
    providerPort,
    apiPort,
    appOrigins: [app],
    redirectUris: [`${app}/iframe.html?id=live--callback&viewMode=story`],
    accessTokenTtl: Number(process.env['ACCESS_TOKEN_TTL'] ?? 30),
  });
  console.log('Starting Storybook …');
  const storybook = startStorybook(port, demo);
  stopTogether(storybook, demo);
  await answers(`${app}/iframe.html`, storybook);
  console.log(`
  The Live story   ${app}/?path=/story/live--live
  Sign in as       Ada Lovelace or Grace Hopper
  The provider     ${demo.issuer}
  The API          ${demo.apiUrl}

  Ctrl-C stops everything.
`);
}

function readPort() {
  const flag = process.argv.indexOf('--port');
  const text = flag > 0 ? process.argv[flag + 1] : (process.env['PORT'] ?? '6006');
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_000) return port;
  throw new Error(`The port is ${text}. Use a whole number below 65000.`);
}

/**
 * @param {number} wanted
 * @param {string} whose
 */
async function takePort(wanted, whose) {
  const port = await freePort(wanted);
  if (port !== wanted) console.log(`Port ${wanted} is taken; ${whose} uses ${port}.`);
  return port;
}

/**
 * @param {number} port
 * @param {{ issuer: string, apiUrl: string, clientId: string }} demo
 */
function startStorybook(port, { issuer, apiUrl, clientId }) {
  const bin = `${root}node_modules/storybook/dist/bin/dispatcher.js`;
  const args = ['dev', '--port', String(port), '--exact-port', '--ci', '--no-open', '--quiet'];
  return spawn(process.execPath, [bin, ...args, '--disable-telemetry'], {
    cwd: root,
    // A group of its own: Ctrl-C reaches it once, from us.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      STORYBOOK_ISSUER: issuer,
      STORYBOOK_API: apiUrl,
      STORYBOOK_CLIENT_ID: clientId,
    },
  });
}

/**
 * @param {import('node:child_process').ChildProcess} storybook
 * @param {{ stop(): Promise<void> }} demo
 */
function stopTogether(storybook, demo) {
  let complaints = '';
  let stopping = false;
  storybook.stderr?.on('data', (chunk) => {
    complaints = (complaints + chunk).slice(-4_000);
  });
  storybook.once('exit', async (code) => {
    await demo.stop();
    if (stopping) return process.exit(0);
    console.error(`${complaints}\nStorybook has stopped by itself (exit code ${code}).`);
    process.exit(1);
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (!stopping) console.log('\nStopping …');
      stopping = true;
      kill(storybook, 'SIGTERM');
      // Whoever does not heed it is not asked twice.
      setTimeout(() => kill(storybook, 'SIGKILL'), 3_000).unref();
    });
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function kill(child, signal) {
  if (!child.pid) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It is gone already.
  }
}

/**
 * Waits until the address answers.
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} server
 */
async function answers(url, server) {
  while (server.exitCode === null) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
