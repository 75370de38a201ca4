import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import report from '../snippets/bugReport.ts';
import { findTypeErrors } from '../snippets/checkTypes.ts';
import { findPages, readPage, repository } from '../snippets/readSnippets.ts';

const pages = findPages();

describe('the snippets of the documentation have no type error', () => {
  let errors: string[];

  beforeAll(() => {
    const snippets = pages.flatMap((page) => readPage(page));
    errors = findTypeErrors(snippets, {
      'src/bug-report.json': JSON.stringify(report),
      ...shadcnComponents(),
    });
  });

  it.each(pages)('%s', (page) => {
    expect(errors.filter((error) => error.startsWith(`${page}:`))).toEqual([]);
  });

  it('nor do the other files of the app', () => {
    expect(errors.filter((error) => !pages.some((page) => error.startsWith(`${page}:`)))).toEqual(
      [],
    );
  });
});

/** The components that the command line of shadcn/ui adds to an app. */
function shadcnComponents(): Record<string, string> {
  const paths = ['components/ui/button.tsx', 'components/ui/dialog.tsx'];
  const read = (path: string): string =>
    readFileSync(join(repository, 'stories/designSystems', path), 'utf8');
  return Object.fromEntries(paths.map((path) => [`src/${path}`, read(path)]));
}
