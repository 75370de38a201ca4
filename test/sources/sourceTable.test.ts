import { expect, it } from 'vitest';
import { readPageTable, readTable } from './table/table.ts';

/** How much the size of a source may differ from the table, for example with another bundler (bytes). */
const tolerance = 100;

const withoutSize = (table: readonly string[][]): string[][] =>
  table.map((row) => row.slice(0, -1));
const sizesIn = (table: readonly string[][]): number[] =>
  table.slice(1).map((row) => Number(row.at(-1)?.replace(',', '')));

it('the table of docs/sources/README.md is that of `node scripts/sourceTable.js`', async () => {
  const [actual, written] = [await readTable(), readPageTable()];
  expect(written.length).toBeGreaterThan(5);
  expect(withoutSize(written)).toEqual(withoutSize(actual));
  for (const [index, size] of sizesIn(actual).entries()) {
    const difference = Math.abs(size - (sizesIn(written)[index] ?? Number.NaN));
    expect(difference, String(actual[index + 1]?.[0])).toBeLessThanOrEqual(tolerance);
  }
});
