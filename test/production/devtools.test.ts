import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../browser/support/chromium.ts';
import { repository } from '../snippets/readSnippets.ts';
import { buildForProduction, type ServedApp, serveBuild } from './viteSite.ts';

/** In this folder `session-clock` is the packed package. */
const root = join(repository, 'test/production/devtools-app');

const app = `
  import { createElement as h } from 'react';
  import { createRoot } from 'react-dom/client';
  import { SessionProvider } from 'session-clock';
  import { rehearsable, SessionDevtools } from 'session-clock/devtools';
  const source = { name: 'app', getSession: async () => ({ user: { sub: 'ada' } }) };
  window.isUnchanged = rehearsable(source) === source;
  const inProduction = location.search === '?shown';
  createRoot(document.querySelector('#root')).render(
    h(SessionProvider, { source }, h('h1', null, 'App'), h(SessionDevtools, { inProduction })),
  );`;

let browser: Browser;
let served: ServedApp;

beforeAll(async () => {
  mkdirSync(root, { recursive: true });
  const page = '<div id="root"></div><script type="module" src="/main.js"></script>';
  writeFileSync(join(root, 'index.html'), page);
  writeFileSync(join(root, 'main.js'), app);
  await buildForProduction({ root });
  served = await serveBuild({ root }, 6_580);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  rmSync(root, { recursive: true, force: true });
});

it('a production build of an app shows no devtools, loads no code of the panel, and uses its source unchanged', async () => {
  const page = await browser.newPage();
  const code: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.ok() && response.url().endsWith('.js')) code.push(response.text());
  });
  await page.goto(served.origin, { waitUntil: 'networkidle' });
  await page.getByRole('heading', { name: 'App' }).waitFor();
  expect(await page.locator('[data-session-devtools]').count()).toBe(0);
  expect((await Promise.all(code)).join()).not.toContain('Mark as revoked');
  expect(await page.evaluate('isUnchanged')).toBe(true);
  await page.goto(`${served.origin}/?shown`);
  await page.getByText('session-clock').waitFor();
  expect((await Promise.all(code)).join()).toContain('Mark as revoked');
  await page.close();
});
