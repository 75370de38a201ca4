import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { Snippet } from './readSnippets.ts';

const prefix = 'snippet:';
const here = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The snippets with a title that other snippets import. */
const titled: Readonly<Record<string, string>> = {
  './api': 'docs/api-calls.md#src/api.ts',
  './requireSession': 'docs/recipes.md#src/requireSession.ts',
  './Root': 'docs/recipes.md#src/Root.tsx',
  './routes': 'docs/recipes.md#src/routes.tsx',
  './useOpenUser': 'docs/recipes-connections.md#src/useOpenUser.ts',
  './readEvents': 'docs/recipes-connections.md#src/readEvents.ts',
};

/** The other files that snippets import. */
const files: Readonly<Record<string, string>> = { './bug-report.json': 'bugReport.ts' };

/**
 * Lets a test import a snippet of the documentation: `import 'snippet:docs/testing.md#1'`, or by its title,
 * `snippet:README.md#src/App.tsx`.
 */
export function snippetModules(): Plugin {
  return {
    name: 'snippet-modules',
    enforce: 'pre',
    async resolveId(name, importer) {
      const isImported = importer !== undefined && isSnippet(importer);
      const file = files[name];
      if (file && isImported) return join(here, file);
      const snippet = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
      const place = snippet ?? (isImported ? titled[name] : undefined);
      if (place === undefined) return null;
      const { findSnippet } = await import('./readSnippets.ts');
      const { page, index, language } = findSnippet(place);
      return join(repository, `${page}.${index}.${language}`);
    },
    async load(id) {
      if (!isSnippet(id)) return null;
      const [, page = '', index = ''] = /^(.*\.md)\.(\d+)\.\w+$/.exec(id) ?? [];
      this.addWatchFile(page);
      const { readPage } = await import('./readSnippets.ts');
      const snippets = readPage(page.slice(repository.length));
      const at = Number(index) - 1;
      return complete(snippets[at], snippets.slice(0, at));
    },
  };
}

async function complete(snippet: Snippet | undefined, earlier: Snippet[]): Promise<string> {
  if (!snippet) throw new Error('The page has changed. Run the test again.');
  // Not static imports: the TypeScript compiler takes half a second to load.
  const { completeSnippet } = await import('./completeSnippet.ts');
  const { ownAppFolder, ownAppNames } = await import('./ownAppNames.ts');
  const ownApp = { names: ownAppNames(), module: join(ownAppFolder, 'index.ts') };
  return completeSnippet(
    snippet,
    earlier,
    ownApp,
    ({ page, index }) => `${prefix}${page}#${index}`,
  );
}

function isSnippet(id: string): boolean {
  return /\.md\.\d+\.(ts|tsx|js|jsx)$/.test(id);
}
