import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './readSnippets.ts';

const page = readFileSync(join(repository, 'docs/security.md'), 'utf8');

it('docs/security.md names only tests that exist', () => {
  const tests = [...page.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, path = '']) => path);
  expect(tests.length).toBeGreaterThan(20);
  expect(tests.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

it('docs/security.md names a test for each promise', () => {
  const [, table = ''] = /## What is promised\n([\s\S]*?)\n## /.exec(page) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| '));
  const promises = rows.filter((row) => !/^\| (against|---)/.test(row));
  expect(promises.length).toBeGreaterThan(10);
  expect(promises.filter((row) => !row.includes('.test.ts'))).toEqual([]);
});
