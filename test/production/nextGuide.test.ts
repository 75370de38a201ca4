import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo } from '../../demo/index.js';
import { webClientId } from '../../demo/provider.js';
import { freePort } from '../../scripts/ports.js';
import { launchChromium } from '../browser/support/chromium.ts';
import { readPage, repository } from '../snippets/readSnippets.ts';

/** In this folder `session-clock` is the packed package. */
const root = join(repository, 'test/production/next-guide');
const next = join(repository, 'node_modules/next/dist/bin/next');

let browser: Browser;
let demo: Awaited<ReturnType<typeof startDemo>>;
let origin: string;
let stopApp = async (): Promise<void> => {};

beforeAll(async () => {
  const port = await freePort(6_460);
  origin = `http://localhost:${port}`;
  demo = await startDemo({ appOrigins: [origin], redirectUris: [origin], webApp: origin });
  writeApp({
    "'https://api.example.com'": `'${demo.apiUrl}'`,
    // The scope that the demo's API requires. Its provider has no TLS.
    "{ scope: 'openid profile email offline_access' },":
      "{ scope: 'openid profile email offline_access notes:read' }, allowInsecureRequests: true,",
  });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    AUTH0_DOMAIN: demo.issuer,
    AUTH0_CLIENT_ID: webClientId,
    AUTH0_CLIENT_SECRET: demo.webClientSecret,
    AUTH0_SECRET: randomBytes(32).toString('hex'),
    APP_BASE_URL: origin,
  };
  execFileSync(process.execPath, [next, 'build'], { cwd: root, env, stdio: 'pipe' });
  stopApp = await startApp(port, env);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await stopApp();
  await demo?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Writes the files that docs/nextjs-auth0.md shows, and those of `create-next-app`. */
function writeApp(settings: Readonly<Record<string, string>>): void {
  const unused = new Set(Object.keys(settings));
  const files = new Map(
    readPage('docs/nextjs-auth0.md').flatMap(({ title, text }) => (title ? [[title, text]] : [])),
  );
  files.set(
    'app/layout.tsx',
    'export default ({ children }: { children: React.ReactNode }) => (<html lang="en"><body>{children}</body></html>);',
  );
  files.set(
    'next.config.js',
    `export default { turbopack: { root: ${JSON.stringify(repository)} }, typescript: { ignoreBuildErrors: true } };`,
  );
  files.set('package.json', '{ "private": true, "type": "module" }');
  files.set('tsconfig.json', '{ "compilerOptions": { "jsx": "preserve", "paths": {} } }');
  for (const [path, content] of files) {
    let text = content;
    for (const [placeholder, value] of Object.entries(settings)) {
      if (text.includes(placeholder)) unused.delete(placeholder);
      text = text.replaceAll(placeholder, value);
    }
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if (unused.size > 0) throw new Error(`The guide has no ${[...unused].join(', ')}.`);
}

async function startApp(port: number, env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const args = [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  const app = spawn(process.execPath, args, { cwd: root, env, stdio: [...stdio] });
  const exited = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    app.stdout?.on('data', (chunk) => String(chunk).includes('Ready') && resolve());
    void exited.then(() => reject(new Error('The Next.js app did not start.')));
  });
  return () => {
    app.kill('SIGTERM');
    return exited;
  };
}

it('signs in, shows both lifetimes, calls the API and signs out, in the production build of the guide', async () => {
  const page = await browser.newPage();
  await page.goto(origin);
  const signIn = page.getByRole('button', { name: 'Sign in' });
  const [popup] = await Promise.all([page.waitForEvent('popup'), signIn.click()]);
  await popup.getByRole('button', { name: /Ada/ }).click();
  await page.getByRole('heading', { name: /Ada/ }).waitFor();
  await page.getByText(/Your session ends in .*\d.*Your access token is fresh/).waitFor();

  const answered = page.waitForResponse(`${demo.apiUrl}/notes`);
  await page.getByRole('button', { name: 'Load notes' }).click();
  expect((await answered).status()).toBe(200);

  await page.getByRole('button', { name: 'Sign out' }).click();
  // The SDK sends the page to the provider and back.
  await signIn.waitFor();
  expect(await page.getByRole('heading').count()).toBe(0);
});
