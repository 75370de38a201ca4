// @ts-check
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { startDemo } from '../demo/index.js';
import { aliases } from '../vite.shared.js';
import { launch } from './browser.js';

const root = fileURLToPath(new URL('page', import.meta.url));
const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
});
/**
 * Starts a web app, an OpenID provider and a browser that opens the app's tabs.
 * @param {{ accessTokenTtl: number }} options in s
 */
export async function startSite({ accessTokenTtl }) {
  const folder = await mkdtemp(join(tmpdir(), 'session-clock-'));
  await build({
    root,
    logLevel: 'error',
    configFile: false,
    resolve: { alias: aliases },
    build: {
      outDir: folder,
      target: 'esnext',
      rolldownOptions: { input: [`${root}/index.html`, `${root}/callback.html`] },
    },
  });
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path === '/' ? '/index.html' : path;
    const content = await readFile(join(folder, file)).catch(() => null);
    response.writeHead(content ? 200 : 404, {
      'Content-Type': types[extname(file)] ?? 'text/plain',
    });
    response.end(content);
  });
  await /** @type {Promise<void>} */ (
    new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  );
  const address = server.address();
  const app = `http://localhost:${address && typeof address === 'object' ? address.port : 0}`;
  const demo = await startDemo({
    appOrigins: [app],
    redirectUris: [`${app}/callback.html`],
    accessTokenTtl,
    refreshTokenTtl: 86_400,
  });
  const browser = await launch();
  return {
    app,
    demo,
    /** Opens a new browser profile, whose tabs share a sign-in. */
    async profile(inBrowser = browser) {
      const context = await inBrowser.newContext();
      const settings = JSON.stringify({ issuer: demo.issuer, clientId: demo.clientId });
      await context.addInitScript((text) => localStorage.setItem('bench', text), settings);
      return context;
    },
    async stop() {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await demo.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * Signs a user in through the pop-up of a tab.
 * @param {import('playwright-core').Page} page
 * @param {string} userName
 */
export async function signIn(page, userName = 'Ada') {
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#sign-in')]);
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: new RegExp(userName) }).click();
  await closed;
  await page.waitForFunction(() => window.tab.state().status === 'active');
}

/**
 * Opens a tab, and waits until its script has run.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} address
 */
export async function openTab(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => window.tab !== undefined);
  return page;
}
