import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo } from '../../demo/index.js';
import { freePort } from '../../scripts/ports.js';
import { launchChromium } from '../browser/support/chromium.ts';
import { findSnippet, repository } from '../snippets/readSnippets.ts';
import { buildForProduction, type ServedApp, serveBuild } from './viteSite.ts';

/** In this folder `session-clock` is the packed package. */
const root = join(repository, 'test/production/readme-app');

let browser: Browser;
let served: ServedApp;
let demo: Awaited<ReturnType<typeof startDemo>>;
let origin: string;

beforeAll(async () => {
  const port = await freePort(6_440);
  origin = `http://localhost:${port}`;
  demo = await startDemo({ appOrigins: [origin], redirectUris: [`${origin}/callback`] });
  writeApp({
    "'https://api.example.com'": `'${demo.apiUrl}'`,
    "'https://login.example.com'": `'${demo.issuer}'`,
    "'my-app'": `'${demo.clientId}'`,
    // The scope that the demo's API requires.
    offline_access: 'offline_access notes:read',
  });
  await buildForProduction({ root, plugins: [react()] });
  served = await serveBuild({ root }, port);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  await demo?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Writes the files that the README and docs/getting-started.md show, with the demo's settings. */
function writeApp(settings: Readonly<Record<string, string>>): void {
  const app = 'README.md#src/App.tsx';
  let text = findSnippet(app).text;
  for (const [placeholder, value] of Object.entries(settings)) {
    if (!text.includes(placeholder)) throw new Error(`${app} has no ${placeholder}.`);
    text = text.replaceAll(placeholder, value);
  }
  const files = {
    'index.html': '<div id="root"></div><script type="module" src="/src/main.tsx"></script>',
    'src/main.tsx': findSnippet('docs/getting-started.md#src/main.tsx').text,
    'src/App.tsx': text,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function signIn(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Sign in' });
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await popup.getByRole('button', { name: /Ada/ }).click();
  await page.getByRole('heading', { name: /Ada/ }).waitFor();
}

it("signs in, calls the API and signs out, in the production build of the README's app", async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(origin);

  await signIn(page);
  expect(await page.getByText('Your session ends in').textContent()).toMatch(/\d/);

  const answered = page.waitForResponse(`${demo.apiUrl}/notes`);
  await page.getByRole('button', { name: 'Load notes' }).click();
  const answer = await answered;
  expect(answer.status()).toBe(200);
  await expect.poll(() => page.locator('pre').textContent()).toBe(await answer.text());

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await page.getByRole('heading').count()).toBe(0);
  expect(errors).toEqual([]);
});
