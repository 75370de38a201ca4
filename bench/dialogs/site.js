// @ts-check
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
/** The built package: here, so that a run leaves `dist` as it is. */
export const dist = `${here}node_modules/.session-clock/`;
const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
});

/** How a page resolves its packages: session-clock is the built package, and all share one React. */
export const resolve = {
  alias: [
    { find: /^session-clock$/, replacement: `${dist}index.js` },
    { find: /^session-clock\/ui$/, replacement: `${dist}ui/index.js` },
    { find: /^session-clock\/ui\/styles\.css$/, replacement: `${dist}ui/styles.css` },
  ],
  dedupe: ['react', 'react-dom'],
};

/** Installs the packages of this folder's lock file if they are missing, and builds session-clock. */
export function ensurePackages() {
  if (!existsSync(`${here}node_modules/.package-lock.json`)) {
    run(here, 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  run(root, 'npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', dist]);
  for (const file of ['styles.css', 'timeline.css'])
    cpSync(`${root}src/ui/${file}`, `${dist}ui/${file}`);
  // It says which files have side effects.
  cpSync(`${root}package.json`, `${dist}package.json`);
}

/**
 * @param {string} folder
 * @param {string} command
 * @param {string[]} args
 */
function run(folder, command, args) {
  const isWindows = process.platform === 'win32';
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', shell: isWindows });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed, see its output above.`);
}

/**
 * Builds the pages and serves them, with a server that keeps the session.
 * @param {readonly string[]} names of the pages
 */
export async function startSite(names) {
  const folder = await mkdtemp(join(tmpdir(), 'session-clock-'));
  // A development build has checks that an app's users do not pay for.
  Object.assign(process.env, { NODE_ENV: 'production' });
  await build({
    root: `${here}page`,
    logLevel: 'error',
    configFile: false,
    resolve,
    build: {
      outDir: folder,
      // Lightning CSS refuses a hack for Internet Explorer in hmrc-frontend's file, which is minified already.
      cssMinify: false,
      // A `data:` URL would be refused by the Content Security Policy of a probe.
      assetsInlineLimit: 0,
      rolldownOptions: { input: names.map((name) => `${here}page/${name}.html`) },
    },
  });
  const site = {
    isSignedIn: true,
    keepAlives: 0,
    /** The header of all answers. */
    policy: '',
    /** The server's time (epoch ms): it follows the clock of the test, whatever the clock of the device says. */
    now: Date.now(),
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const headers = {
      Date: new Date(site.now).toUTCString(),
      ...(site.policy && { 'Content-Security-Policy': site.policy }),
    };
    if (path === '/session' || path === '/keep-alive') {
      if (path === '/keep-alive') site.keepAlives++;
      response.writeHead(200, { ...headers, 'Content-Type': 'application/json' });
      return response.end(JSON.stringify(site.isSignedIn ? { user: { sub: 'ada' } } : null));
    }
    if (path === '/timed-out' || path === '/signed-out') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' });
      return response.end(`<!doctype html><title>${path}</title><h1>${path}</h1>`);
    }
    const content = await readFile(join(folder, path)).catch(() => null);
    response.writeHead(content ? 200 : 404, {
      ...headers,
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    });
    response.end(content);
  });
  await /** @type {Promise<void>} */ (
    new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  );
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return Object.assign(site, {
    origin: `http://localhost:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  });
}

/** @typedef {Awaited<ReturnType<typeof startSite>>} Site */
