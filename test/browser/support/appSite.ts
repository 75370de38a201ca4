import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Alias, build } from 'vite';
import type { Settings } from './app/userManager.ts';
import { createMemoryApi, type MemoryApi } from './memoryApi.ts';

/** The part of the provider in `demo/` that is used; it is JavaScript. */
interface Provider extends Settings {
  stop(): Promise<void>;
}

/** A built app, its provider, and its API. */
export interface AppSite {
  readonly port: number;
  readonly app: string;
  readonly provider: Provider;
  /** The server of the embedded app, which keeps no cookie. */
  readonly api: MemoryApi;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('app', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8' };

/** Builds the app as for development, with its warnings, and serves it. */
export async function startAppSite(): Promise<AppSite> {
  const folder = await mkdtemp(join(tmpdir(), 'session-clock-'));
  await buildApp(folder);
  const api = createMemoryApi();
  let settings = '';
  const server = await listen(async (request, response) => {
    // A sandboxed frame has an origin of its own: its modules and its calls are cross-origin.
    response.setHeader('Access-Control-Allow-Origin', '*');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/api/')) return api.handle(request, response);
    if (pathname === '/settings.json') return void response.end(settings);
    const file = pathname === '/' ? '/index.html' : pathname;
    const content = await readFile(join(folder, file)).catch(() => null);
    response.writeHead(content ? 200 : 404, {
      'Content-Type': types[extname(file)] ?? 'text/javascript',
    });
    response.end(content);
  });
  const { port } = server.address() as AddressInfo;
  const app = `http://localhost:${port}`;
  const provider = await startProvider(app);
  const { issuer, apiUrl, clientId } = provider;
  settings = JSON.stringify({ issuer, apiUrl, clientId } satisfies Settings);
  return {
    port,
    app,
    provider,
    api,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await provider.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function buildApp(outDir: string): Promise<void> {
  const { aliases } = await importScript<{ aliases: Alias[] }>('vite.shared.js');
  const pages = ['index', 'callback', 'frame'];
  await build({
    root,
    logLevel: 'error',
    configFile: false,
    resolve: { alias: aliases },
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      outDir,
      target: 'esnext',
      minify: false,
      rolldownOptions: { input: pages.map((page) => `${root}/${page}.html`) },
    },
  });
}

/** On loopback, which both `localhost` and `127.0.0.1` name: two sites on one server. */
async function listen(handler: RequestListener): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function startProvider(app: string): Promise<Provider> {
  const { startDemo } = await importScript<{ startDemo(options: object): Promise<Provider> }>(
    'demo/index.js',
  );
  return startDemo({
    appOrigins: [app],
    redirectUris: [`${app}/callback.html`],
    accessTokenTtl: 60,
    // Its session and its refresh tokens outlive every session of the app.
    refreshTokenTtl: 30 * 86_400,
  });
}

/** Imports a JavaScript module of this repository, which has no type declarations. */
function importScript<Module>(path: string): Promise<Module> {
  return import(new URL(`../../../${path}`, import.meta.url).href) as Promise<Module>;
}
