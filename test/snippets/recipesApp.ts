import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { type Alias, build, type Plugin, type Rolldown } from 'vite';
import { findSnippet, repository } from './readSnippets.ts';

/** The folder of an app that exists in memory only. */
const folder = join(repository, 'test/snippets/recipes-app');

/** The path of a file in the app, and its text. */
export type AppFiles = Readonly<Record<string, string>>;

/** The files of an app that a page of the documentation shows, by their titles. */
export function documentedFiles(page: string, titles: readonly string[]): AppFiles {
  return Object.fromEntries(titles.map((title) => [title, findSnippet(`${page}#${title}`).text]));
}

/** Builds an app that starts with `src/main.tsx`. Resolves with its files by their address. */
export async function buildApp(files: AppFiles): Promise<ReadonlyMap<string, string>> {
  const { aliases } = await importScript<{ aliases: Alias[] }>('vite.shared.js');
  const { output } = (await build({
    root: repository,
    configFile: false,
    logLevel: 'error',
    plugins: [filesInMemory(files)],
    resolve: { alias: aliases },
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(folder, 'src/main.tsx'),
        output: { entryFileNames: 'main.js', assetFileNames: 'main[extname]' },
      },
    },
  })) as Rolldown.RolldownOutput;
  return new Map(
    output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : String(file.source),
    ]),
  );
}

function filesInMemory(files: AppFiles): Plugin {
  const byPath = new Map(Object.entries(files).map(([path, text]) => [join(folder, path), text]));
  return {
    name: 'files-in-memory',
    enforce: 'pre',
    resolveId(name, importer) {
      const path = name.startsWith('.') && importer ? join(dirname(importer), name) : name;
      return ['', '.ts', '.tsx'].map((end) => path + end).find((each) => byPath.has(each));
    },
    load: (id) => byPath.get(id),
  };
}

/** Serves on loopback. `handler` gets the requests. */
export async function serve(handler: RequestListener): Promise<{ origin: string; server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, server };
}

/** Answers with a file of the app, or with its page. */
export function sendApp(
  built: ReadonlyMap<string, string>,
  contentSecurityPolicy: string,
): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = built.get(pathname);
    response.setHeader('Content-Type', typeOf(file === undefined ? '.html' : pathname));
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    response.end(file ?? page);
  };
}

const page =
  '<!doctype html><link rel="stylesheet" href="/main.css"><div id="root"></div><script type="module" src="/main.js"></script>';

function typeOf(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript';
  return path.endsWith('.css') ? 'text/css' : 'text/html; charset=utf-8';
}

/** Imports a JavaScript module of this repository, which has no type declarations. */
export function importScript<Module>(path: string): Promise<Module> {
  return import(/* @vite-ignore */ join(repository, path)) as Promise<Module>;
}
