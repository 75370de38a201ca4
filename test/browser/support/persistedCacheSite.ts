import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Alias, build } from 'vite';

const root = fileURLToPath(new URL('persistedCache', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8' };

/** The app of `persistedCache/`, and its server. */
export interface NotesSite {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Builds the app as for development, where StrictMode has an effect, and serves it. */
export async function startNotesSite(): Promise<NotesSite> {
  const folder = await mkdtemp(join(tmpdir(), 'session-clock-'));
  const shared = new URL('../../../vite.shared.js', import.meta.url).href;
  const { aliases } = (await import(shared)) as { aliases: Alias[] };
  await build({
    root,
    logLevel: 'error',
    configFile: false,
    resolve: { alias: aliases },
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { outDir: folder, target: 'esnext', minify: false },
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/api/')) {
      // Answers arrive in another order than their requests.
      await delay(Math.random() * 60);
      const { status = 200, cookie, body } = answer(pathname.slice(5), request);
      response.writeHead(status, cookie === undefined ? {} : { 'Set-Cookie': cookie });
      return void response.end(typeof body === 'string' ? body : JSON.stringify(body));
    }
    const file = pathname === '/' ? '/index.html' : pathname;
    const content = await readFile(join(folder, file)).catch(() => null);
    response.writeHead(content ? 200 : 404, {
      'Content-Type': types[extname(file)] ?? 'text/javascript',
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

interface Answer {
  status?: number;
  cookie?: string;
  body: unknown;
}

/** The notes of a user are sent for that user's token, which stays valid after a sign-in of another user. */
function answer(path: string, { headers }: IncomingMessage): Answer {
  const [resource, argument] = path.split('/');
  const user = /\buser=(\w+)/.exec(headers.cookie ?? '')?.[1];
  const expiresAt = Date.now() + 60_000;
  switch (resource) {
    case 'session':
      return { body: user ? { user: { sub: user } } : null };
    case 'sign-in':
      return { cookie: `user=${argument}; Path=/; HttpOnly`, body: {} };
    case 'sign-out':
      return { cookie: 'user=; Path=/; Max-Age=0', body: {} };
    case 'token':
      return user ? { body: { value: `token-of-${user}`, expiresAt } } : { status: 401, body: {} };
    default:
      return { body: `note ${argument} of ${/\w+$/.exec(headers.authorization ?? '')?.[0]}` };
  }
}
