// @ts-check
import { spawn } from 'node:child_process';
import { ensureDependencies, root } from './dependencies.js';
import { freePort } from './ports.js';

/** Starts the provider, the API and Storybook, and prints the addresses. Ctrl-C stops them all. */
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
    appOrigins: [app, 'http://localhost:5173'],
    // The second one is for the app of docs/getting-started.md.
    redirectUris: [
      `${app}/iframe.html?id=live--callback&viewMode=story`,
      'http://localhost:5173/callback',
    ],
    accessTokenTtl: Number(process.env['ACCESS_TOKEN_TTL'] ?? 30),
  });
  console.log('Starting Storybook …');
  const storybook = startStorybook(port, demo);
  stopTogether(storybook, demo);
  await waitUntilServed(`${app}/iframe.html`, storybook);
  console.log(`
  The Live story   ${app}/?path=/story/live--live
  Sign in as       Ada Lovelace or Grace Hopper
  The provider     ${demo.issuer}
  The API          ${demo.apiUrl}/notes, scope notes:read
  The client id    ${demo.clientId}

  Ctrl-C stops everything.
`);
}

function readPort() {
  const flag = process.argv.indexOf('--port');
  const text = flag > 0 ? process.argv[flag + 1] : (process.env['PORT'] ?? '6006');
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_000) return port;
  throw new Error(`The port is ${text}, which is not valid. Use a whole number from 1 to 64999.`);
}

/**
 * @param {number} preferred
 * @param {string} service
 */
async function takePort(preferred, service) {
  const port = await freePort(preferred);
  if (port !== preferred) console.log(`Port ${preferred} is taken; ${service} uses ${port}.`);
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
    // In its own process group, Ctrl-C does not reach it directly; this script sends the signal.
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
  let errorOutput = '';
  let isStopping = false;
  storybook.stderr?.on('data', (chunk) => {
    errorOutput = (errorOutput + chunk).slice(-4_000);
  });
  storybook.once('exit', async (code) => {
    await demo.stop();
    if (isStopping) return process.exit(0);
    console.error(
      `${errorOutput}\nStorybook exited unexpectedly with code ${code}. See its output above.`,
    );
    process.exit(1);
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (!isStopping) console.log('\nStopping …');
      isStopping = true;
      kill(storybook, 'SIGTERM');
      // A process that ignores SIGTERM is killed.
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
    // The process has already exited.
  }
}

/**
 * Waits until the address answers.
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} server
 */
async function waitUntilServed(url, server) {
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
