import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A fenced block of code on a page of the documentation. */
export interface Snippet {
  /** The page, relative to the repository. */
  readonly page: string;
  /** The line of the fence (1-based): line 1 of `text` is the next line of the page. */
  readonly line: number;
  /** The place among the snippets of its page (1-based). */
  readonly index: number;
  readonly language: 'ts' | 'tsx' | 'js' | 'jsx';
  /** The path of the file in the reader's app, as in ```` ```tsx title="src/App.tsx" ````. */
  readonly title: string | undefined;
  readonly text: string;
}

const code = ['ts', 'tsx', 'js', 'jsx'] as const;
/** Any other language is an error, because a block with a misspelt language would not be checked. */
const notCode = ['', 'sh', 'css', 'html', 'http', 'json', 'text'];

export const repository: string = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the pages of the documentation, relative to the repository. */
export function findPages(root: string = repository): string[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const examples = readdirSync(join(root, 'examples')).map((name) => `examples/${name}/README.md`);
  const pages = ['README.md', ...docs.map((name) => `docs/${name}`), ...examples];
  return pages.filter((page) => existsSync(join(root, page)));
}

/** Reads the snippets of one page. Throws if the page does not exist. */
export function readPage(page: string, root: string = repository): Snippet[] {
  const file = join(root, page);
  if (!existsSync(file)) throw new Error(`${page} does not exist. Has it been renamed?`);
  return parsePage(page, readFileSync(file, 'utf8'));
}

/** Finds the snippets of a page. Throws if a block has no end or an unknown language. */
export function parsePage(page: string, markdown: string): Snippet[] {
  const lines = markdown.split(/\r?\n/);
  const snippets: Snippet[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = /^( *)(`{3,}|~{3,})\s*([^\s`]*)([^`]*)$/.exec(lines[at] ?? '');
    if (!opening) continue;
    const [, indent = '', fence = '', language = '', info = ''] = opening;
    const length = lines.slice(at + 1).findIndex((line) => line.trim() === fence);
    if (length < 0) throw new Error(`${page}:${at + 1}: The block has no end.`);
    if (isCode(language)) {
      snippets.push({
        page,
        line: at + 1,
        index: snippets.length + 1,
        language,
        title: /\btitle="([^"]*)"/.exec(info)?.[1],
        text: lines
          .slice(at + 1, at + 1 + length)
          .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
          .join('\n'),
      });
    } else if (!notCode.includes(language)) {
      throw new Error(
        `${page}:${at + 1}: The language "${language}" is unknown. Code is ${code.join(', ')}; add another language to readSnippets.ts.`,
      );
    }
    at += length + 1;
  }
  return snippets;
}

/** Finds a snippet by `page#title` or `page#index`. Throws if there is none. */
export function findSnippet(address: string, root: string = repository): Snippet {
  const [page = '', name = ''] = address.split('#');
  const snippets = readPage(page, root);
  const found = snippets.find(({ title, index }) => title === name || String(index) === name);
  if (found) return found;
  const existing = snippets.map(({ line, index, title }) => `#${title ?? index} (line ${line})`);
  throw new Error(`${page} has no snippet #${name}. It has ${existing.join(', ') || 'none'}.`);
}

function isCode(language: string): language is Snippet['language'] {
  return (code as readonly string[]).includes(language);
}
