import { beforeAll, describe, expect, it } from 'vitest';
import report from '../snippets/bugReport.ts';
import { findTypeErrors } from '../snippets/checkTypes.ts';
import { findPages, readPage } from '../snippets/readSnippets.ts';

const pages = findPages();

describe('the snippets of the documentation have no type error', () => {
  let errors: string[];

  beforeAll(() => {
    const snippets = pages.flatMap((page) => readPage(page));
    errors = findTypeErrors(snippets, { 'src/bug-report.json': JSON.stringify(report) });
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
