// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../demo/index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const next = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url));

/** Builds the package, and then the app. */
export function buildExample() {
  run([fileURLToPath(new URL('../../scripts/build.js', import.meta.url))]);
  run([next, 'build']);
}

/** @param {string[]} command */
function run(command) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: here,
    encoding: 'utf8',
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      ...settings('http://localhost:1', 'secret', 0),
    },
  });
  if (status !== 0) {
    throw new Error(`${command.join(' ')} failed. See its output:\n${stdout}\n${stderr}`);
  }
}

/**
 * Starts the provider, the API and the built app, which uses them.
 * @param {{ port: number, sessions?: 'server' | 'cookie', providerPort?: number, apiPort?: number, accessTokenTtl?: number, refreshTokenTtl?: number }} options
 */
export async function startExample({ port, sessions = 'server', ...options }) {
  const origin = `http://localhost:${port}`;
  const demo = await startDemo({
    ...options,
    appOrigins: [origin],
    redirectUris: [origin],
    webApp: origin,
  });
  const env = { ...settings(demo.issuer, demo.webClientSecret, port), API_URL: demo.apiUrl };
  const launch = () => startApp(origin, { ...env, SESSIONS: sessions });
  let app = await launch();
  return {
    ...demo,
    origin,
    /** Stops the app only. After `startApp()` it has no data but that in the browser's cookies. */
    stopApp: () => app.stop(),
    startApp: async () => {
      app = await launch();
    },
    stop: async () => {
      await app.stop();
      await demo.stop();
    },
  };
}

/**
 * @param {string} origin
 * @param {Record<string, string>} env
 */
async function startApp(origin, env) {
  const address = ['--hostname', '127.0.0.1', '--port', new URL(origin).port];
  const app = spawn(process.execPath, [next, 'start', ...address], {
    cwd: here,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) {
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
  }
  const exited = new Promise((resolve) => app.once('exit', resolve));
  await waitUntilServed(origin, app, () => output);
  return {
    stop: async () => {
      app.kill('SIGTERM');
      // On SIGTERM alone, Next.js waits for the pages that are subscribed to its events.
      const killTimer = setTimeout(() => app.kill('SIGKILL'), 1_000);
      await exited;
      clearTimeout(killTimer);
    },
  };
}

/**
 * @param {string} issuer
 * @param {string} clientSecret
 * @param {number} port
 */
function settings(issuer, clientSecret, port) {
  return {
    AUTH0_DOMAIN: issuer,
    AUTH0_CLIENT_ID: 'session-clock-web',
    AUTH0_CLIENT_SECRET: clientSecret,
    AUTH0_SECRET: randomBytes(32).toString('hex'),
    APP_BASE_URL: `http://localhost:${port}`,
  };
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} app
 * @param {() => string} output
 */
async function waitUntilServed(url, app, output) {
  while (app.exitCode === null) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The app did not start. See its output:\n${output()}`);
}
