// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../../docs/comparison.md', import.meta.url);
const [begin, end] = ['<!-- table -->', '<!-- end of the table -->'];

/**
 * Writes a row into the table of `docs/comparison.md`, and keeps the other rows that it still has.
 * @param {readonly string[]} columns the titles of the columns
 * @param {readonly string[]} titles of all rows, in their order
 * @param {readonly string[]} cells the row, its title first
 */
export function writeRow(columns, titles, cells) {
  const text = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const [table = '', after = ''] = rest.split(end);
  const lines = table.split('\n').filter((each) => each.startsWith('| '));
  const rows = new Map(lines.map((each) => [each.split(' | ')[0]?.slice(2), each]));
  rows.set(cells[0], line(cells));
  const body = titles.flatMap((title) => rows.get(title) ?? []);
  const head = [line(['', ...columns]), line(['---', ...columns.map(() => '---')])];
  writeFileSync(file, `${before}${begin}\n\n${[...head, ...body].join('\n')}\n\n${end}${after}`);
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.join(' | ')} |`;
}
