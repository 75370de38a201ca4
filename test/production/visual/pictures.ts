import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';

/** The side of a cell (pixels). */
const cell = 8;
/** By how much a channel of a cell's mean colour can differ, of 255: machines smooth letters differently. */
const tolerance = 12;

const references = fileURLToPath(new URL('./references/', import.meta.url));

/** The mean colours of the cells of a picture, row by row. */
interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly colours: readonly (readonly [number, number, number])[];
}

export function readReference(name: string): Buffer | null {
  const path = `${references}${name}.png`;
  return existsSync(path) ? readFileSync(path) : null;
}

export function writeReference(name: string, picture: Buffer): void {
  const path = `${references}${name}.png`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, picture);
}

/** How many cells of the picture differ from the reference. */
export function countDifferences(picture: Buffer, reference: Buffer): number {
  const [a, b] = [cellsOf(picture), cellsOf(reference)];
  if (a.columns !== b.columns || a.rows !== b.rows) return Number.POSITIVE_INFINITY;
  return a.colours.filter((colour, index) => !isSimilar(colour, b.colours[index] ?? [])).length;
}

function isSimilar(a: readonly number[], b: readonly number[]): boolean {
  return a.every((channel, index) => Math.abs(channel - (b[index] ?? 0)) <= tolerance);
}

function cellsOf(file: Buffer): Cells {
  const picture = PNG.sync.read(file);
  const [columns, rows] = [picture.width / cell, picture.height / cell].map(Math.floor) as [
    number,
    number,
  ];
  const colours = Array.from({ length: columns * rows }, (_, index) =>
    meanColour(picture, (index % columns) * cell, Math.floor(index / columns) * cell),
  );
  return { columns, rows, colours };
}

function meanColour({ data, width }: PNG, left: number, top: number): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let y = top; y < top + cell; y++) {
    for (let x = left; x < left + cell; x++) {
      const at = (y * width + x) * 4;
      for (const channel of [0, 1, 2] as const) sums[channel] += data[at + channel] ?? 0;
    }
  }
  return sums.map((sum) => sum / cell ** 2) as [number, number, number];
}
