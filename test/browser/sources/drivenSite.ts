import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { type Alias, build, type Rollup } from 'vite';
import { launchChromium } from '../support/chromium.ts';

/** The server behind a source. */
export interface DrivenServer {
  /** For the page, as `window.settings`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Answers what is no page, if the server has the origin of the app. */
  readonly handle?: RequestListener;
  /** When the token, or the session if there is no token, was renewed (epoch ms). */
  renewals(): readonly number[];
  /** How many renewals the server has refused. */
  refusals(): number;
  /** Refuses all connections until `start()`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Revokes the sessions and the tokens of all users. */
  endSessions(): void;
}

export interface DrivenSite {
  readonly app: string;
  readonly browser: Browser;
  readonly server: DrivenServer;
  close(): Promise<void>;
}

/** Builds `page`, a file in `pages`, and serves it together with its server. */
export async function startDrivenSite(
  page: string,
  startServer: (app: string) => Promise<DrivenServer>,
): Promise<DrivenSite> {
  const script = await buildPage(page);
  let driven: DrivenServer | null = null;
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const send = (type: string, body: string): void =>
      void response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(body);
    if (pathname === '/page.js') return send('text/javascript', script);
    if (pathname === '/' || pathname === '/signed-in') return send('text/html', toHtml(driven));
    if (driven?.handle) return driven.handle(request, response);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const app = `http://localhost:${(http.address() as AddressInfo).port}`;
  const server = await startServer(app);
  driven = server;
  const browser = await launchChromium();
  return {
    app,
    browser,
    server,
    async close() {
      await browser.close();
      await server.stop();
      http.closeAllConnections();
      http.close();
    },
  };
}

function toHtml(server: DrivenServer | null): string {
  return `<!doctype html><title>An app</title>
<script>window.settings = ${JSON.stringify(server?.settings ?? {})}</script>
<script type="module" src="/page.js"></script><body></body>`;
}

async function buildPage(page: string): Promise<string> {
  const shared = new URL('../../../vite.shared.js', import.meta.url).href;
  const { aliases } = (await import(shared)) as { aliases: Alias[] };
  const entry = fileURLToPath(new URL(`pages/${page}.ts`, import.meta.url));
  const [bundle] = (await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: aliases },
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { write: false, target: 'esnext', minify: false, lib: { entry, formats: ['es'] } },
  })) as Rollup.RollupOutput[];
  const chunk = bundle?.output[0];
  if (!chunk) throw new Error(`Vite built nothing from ${entry}.`);
  return chunk.code;
}
