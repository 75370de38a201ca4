import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { type Alias, build, preview } from 'vite';
import { launchChromium } from './chromium.ts';
import type { Settings } from './signInPage/settings.ts';

/** The part of the provider in `demo/` that is used; it is JavaScript. */
interface Demo {
  issuer: string;
  apiUrl: string;
  clientId: string;
  counts(): Record<'signIns' | 'refreshes' | 'reusedRefreshTokens', number>;
  control(action: string): Promise<unknown>;
  stop(): Promise<void>;
}

export interface SignInSite {
  readonly app: string;
  readonly demo: Demo;
  readonly browser: Browser;
  /** A browser profile without a sign-in. */
  profile(settings: Partial<Settings>): Promise<BrowserContext>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('signInPage', import.meta.url));

/** Imports a JavaScript module of this repository, which has no type declarations. */
function importScript<Module>(path: string): Promise<Module> {
  return import(new URL(`../../../${path}`, import.meta.url).href) as Promise<Module>;
}

const defaults = { store: 'local', policy: 'hybrid', restoreSession: false, timeout: '10s' };

/** Builds and serves the app, and starts a provider for it. `accessTokenTtl` in s. */
export async function startSignInSite(accessTokenTtl = 600): Promise<SignInSite> {
  const { aliases } = await importScript<{ aliases: Alias[] }>('vite.shared.js');
  const { startDemo } = await importScript<{ startDemo(options: object): Promise<Demo> }>(
    'demo/index.js',
  );
  const outDir = await mkdtemp(join(tmpdir(), 'session-clock-'));
  const input = [`${root}/index.html`, `${root}/callback.html`];
  const common = { root, logLevel: 'error', configFile: false } as const;
  await build({
    ...common,
    resolve: { alias: aliases },
    build: { outDir, target: 'esnext', rolldownOptions: { input } },
  });
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0 } });
  const app = `http://localhost:${(server.httpServer.address() as AddressInfo).port}`;
  const demo = await startDemo({
    appOrigins: [app],
    redirectUris: [`${app}/callback.html`, `${app}/`],
    accessTokenTtl,
    refreshTokenTtl: 86_400,
  });
  const browser = await launchChromium();
  return {
    app,
    demo,
    browser,
    async profile(settings) {
      const context = await browser.newContext();
      context.setDefaultTimeout(15_000);
      const { issuer, apiUrl, clientId } = demo;
      const text = JSON.stringify({ ...defaults, issuer, apiUrl, clientId, ...settings });
      await context.addInitScript((value) => localStorage.setItem('settings', value), text);
      return context;
    },
    async stop() {
      await browser.close();
      await server.close();
      await demo.stop();
      await rm(outDir, { recursive: true });
    },
  };
}
