import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { augmentsModule, completeSnippet } from './completeSnippet.ts';
import { ownAppFolder, ownAppNames } from './ownAppNames.ts';
import { repository, type Snippet } from './readSnippets.ts';
import { isServiceWorker, workerGlobals, workerOptions } from './workerOptions.ts';

/** The files exist in memory only, in a folder from which `session-clock` is the packed package. */
const app = join(repository, 'test/production/snippets');

/** The options of an app that Vite's template `react-ts` creates. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  types: ['node', 'vitest/globals', '@testing-library/jest-dom'],
  strict: true,
  verbatimModuleSyntax: true,
  allowJs: true,
  checkJs: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Returns the type errors of all snippets, each as `docs/page.md:12: message`. All snippets are files of one
 * app: a title is the path of a file in it, and a snippet without a title is a file in `src`.
 * @param extraFiles other files of the app, by path
 */
export function findTypeErrors(
  snippets: readonly Snippet[],
  extraFiles: Readonly<Record<string, string>> = {},
): string[] {
  if (!existsSync(join(app, '../node_modules/session-clock/dist'))) {
    throw new Error(
      'The packed package is not installed. Run the tests of the project production.',
    );
  }
  const files = new Map(Object.entries(extraFiles).map(([path, text]) => [join(app, path), text]));
  for (const name of readdirSync(ownAppFolder)) {
    files.set(join(app, 'src/ownApp', name), readFileSync(join(ownAppFolder, name), 'utf8'));
  }
  const byFile = new Map<string, Snippet>();
  for (const snippet of snippets) {
    const file = join(app, pathOf(snippet));
    const other = byFile.get(file);
    if (other) return [`${at(snippet)} Has the same title as ${other.page}:${other.line}.`];
    byFile.set(file, snippet);
    files.set(file, isServiceWorker(snippet) ? snippet.text : complete(snippet, snippets));
  }
  const workers = [...byFile].filter(([, each]) => isServiceWorker(each)).map(([file]) => file);
  const pages = [...byFile].filter(([file]) => !workers.includes(file));
  // A snippet that changes the types of a module must not affect the others.
  const [alone, together] = [true, false].map((isAlone) =>
    pages.filter(([, each]) => augmentsModule(each) === isAlone).map(([file]) => file),
  );
  const ownFiles = [...files.keys()].filter((file) => file.startsWith(join(app, 'src/ownApp/')));
  const globals = join(app, 'worker.d.ts');
  files.set(globals, workerGlobals);
  return [
    ...[together ?? [], ...(alone ?? []).map((file) => [file])].flatMap((roots) =>
      check([...roots, ...ownFiles], files, options),
    ),
    ...check([...workers, globals], files, workerOptions(options)),
  ].map((each) => describe(each, byFile));
}

function complete(snippet: Snippet, snippets: readonly Snippet[]): string {
  const earlier = snippets.filter(
    ({ page, index }) => page === snippet.page && index < snippet.index,
  );
  const folder = posix.dirname(pathOf(snippet));
  const relative = (path: string): string => {
    const found = posix.relative(folder, path);
    return found.startsWith('.') ? found : `./${found}`;
  };
  const ownApp = { names: ownAppNames(), module: relative('src/ownApp') };
  return completeSnippet(snippet, earlier, ownApp, (each) =>
    relative(pathOf(each).replace(/\.\w+$/, '')),
  );
}

function pathOf({ page, index, language, title }: Snippet): string {
  return title ?? `src/${page.replaceAll('/', '-')}-${index}.${language}`;
}

function check(
  roots: string[],
  files: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
): readonly ts.Diagnostic[] {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists } = host;
  host.getCurrentDirectory = () => app;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.directoryExists = (folder) =>
    [...files.keys()].some((file) => file.startsWith(`${folder}/`)) ||
    directoryExists?.(folder) === true;
  const program = ts.createProgram(roots, options, host);
  return ts.getPreEmitDiagnostics(program);
}

function describe(
  { file, start = 0, messageText }: ts.Diagnostic,
  byFile: ReadonlyMap<string, Snippet>,
): string {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (!file) return message;
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  const snippet = byFile.get(file.fileName);
  if (!snippet) return `${posix.relative(app, file.fileName)}:${line}: ${message}`;
  // An error in an added line is an error of the whole block.
  const isAdded = line > snippet.text.split('\n').length;
  return at(snippet, isAdded ? 0 : line) + ` ${message}`;
}

function at({ page, line }: Snippet, lineInSnippet = 0): string {
  return `${page}:${line + lineInSnippet}:`;
}
