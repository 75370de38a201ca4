import { readFileSync } from 'node:fs';
import { readRow } from './readRow.ts';
import { sizesOf } from './sizes.ts';
import { specimens } from './specimens.ts';

/** The page with the table. */
export const page: URL = new URL('../../../docs/sources/README.md', import.meta.url);

const begin = '<!-- The table is generated: node scripts/sourceTable.js -->\n';
const end = '\n<!-- end of the table -->';

/** The lines of the table, each a list of cells: the titles, then one row per source. */
export async function readTable(): Promise<string[][]> {
  const rows: Record<string, string>[] = [];
  const sizes = await sizesOf(specimens);
  for (const specimen of specimens) {
    const size = Math.round((sizes.get(specimen.name) ?? 0) / 10) * 10;
    rows.push({ ...(await readRow(specimen)), 'bytes (gzip)': size.toLocaleString('en') });
  }
  return [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
}

/** The table of the page, as `readTable()` returns it. Throws if the page has none. */
export function readPageTable(): string[][] {
  const [, rest = ''] = read().split(begin);
  const lines = rest.split(end)[0]?.trim().split('\n') ?? [];
  if (lines.length < 3) throw new Error('docs/sources/README.md has no generated table.');
  return lines.filter((_line, index) => index !== 1).map((line) => line.slice(2, -2).split(' | '));
}

/** The text of the page with this table. */
export function pageWith([titles = [], ...rows]: readonly string[][]): string {
  const toLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [titles, titles.map(() => '---'), ...rows].map(toLine);
  const [before = ''] = read().split(begin);
  const after = read().split(end)[1] ?? '';
  return `${before}${begin}\n${lines.join('\n')}\n${end}${after}`;
}

function read(): string {
  return readFileSync(page, 'utf8');
}
