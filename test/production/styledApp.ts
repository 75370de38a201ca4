import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import type { Browser, Page } from 'playwright-core';
import type { Shown } from './styledApp/session.ts';
import { buildForProduction, type ServedApp, serveBuild } from './viteSite.ts';

const root = fileURLToPath(new URL('./styledApp', import.meta.url));

/** No inline style, whether of an element or of an attribute. */
const policy = "default-src 'self'; script-src 'self'; style-src 'self'";

/** A production build of the app with and without Tailwind, whose server sends a Content-Security-Policy. */
export async function serveStyledApp(name: string, firstPort: number): Promise<ServedApp> {
  // One for each test file: they run at the same time.
  const outDir = join(root, 'dist', name);
  await buildForProduction({
    root,
    plugins: [tailwind()],
    build: {
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input: ['index.html', 'tailwind.html'].map((file) => join(root, file)) },
    },
  });
  const preview = { headers: { 'Content-Security-Policy': policy } };
  return serveBuild({ root, build: { outDir }, preview }, firstPort);
}

/** A page of the app, and what its Content-Security-Policy has blocked. */
export async function openApp(
  browser: Browser,
  app: ServedApp,
  path: '/' | '/tailwind.html' = '/',
): Promise<{ page: Page; violations: string[] }> {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await page.goto(`${app.origin}${path}`);
  return { page, violations };
}

export function show(page: Page, shown: Shown): Promise<void> {
  return page.evaluate((each) => window.show(each), shown);
}

/** A computed style of the first element that matches. */
export async function styleOf(page: Page, selector: string, property: string): Promise<string> {
  const element = page.locator(selector).first();
  await element.waitFor();
  return element.evaluate((each, name) => getComputedStyle(each).getPropertyValue(name), property);
}
