import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './readSnippets.ts';

/** The folder with the reader's own app. */
export const ownAppFolder: string = join(repository, 'test/snippets/ownApp');

/** The names that its `index.ts` exports. */
export function ownAppNames(): string[] {
  const index = readFileSync(join(ownAppFolder, 'index.ts'), 'utf8');
  return [...index.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  );
}
