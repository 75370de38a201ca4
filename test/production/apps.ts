import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/ports.js';
import { buildForProduction, type ServedApp, serveBuild } from './viteSite.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const next = join(root, 'node_modules/next/dist/bin/next');

export type { ServedApp };

/** Installs the packed package for the apps of this folder, as `npm install` does. Needs `dist`. */
export function installPackage(): void {
  const folder = mkdtempSync(join(tmpdir(), 'session-clock-'));
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' })) as [
    { filename: string },
  ];
  const target = join(here, 'node_modules/session-clock');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', target, '--strip', '1']);
  rmSync(folder, { recursive: true });
}

/** Builds both apps with the default settings of their tools. */
export async function buildApps(): Promise<void> {
  await buildForProduction({ root: join(here, 'vite') });
  execFileSync(process.execPath, [next, 'build'], {
    cwd: join(here, 'next'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
}

export function serveVite(): Promise<ServedApp> {
  return serveBuild({ root: join(here, 'vite') }, 6_400);
}

export async function serveNext(): Promise<ServedApp> {
  const port = await freePort(6_420);
  const address = ['--hostname', '127.0.0.1', '--port', String(port)];
  const app = spawn(process.execPath, [next, 'start', ...address], {
    cwd: join(here, 'next'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const exited = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    app.stdout.on('data', (chunk) => String(chunk).includes('Ready') && resolve());
    void exited.then(() => reject(new Error('The Next.js app did not start.')));
  });
  return {
    origin: `http://localhost:${port}`,
    stop: () => {
      app.kill('SIGTERM');
      return exited;
    },
  };
}
