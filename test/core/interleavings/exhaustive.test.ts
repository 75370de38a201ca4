import { expect, it } from 'vitest';
import {
  disagreement,
  firstWorld,
  possibleSteps,
  type Step,
  take,
  violation,
  type World,
} from './world.js';

/** How many steps deep; each takes about twelve times as long: npm run fuzz -- --depth 5. */
const depth = Number(process.env['DEPTH'] ?? 4);

interface Path {
  readonly world: World;
  readonly steps: readonly Step[];
}

it(`two tabs keep their promises in all orders of ${depth} steps`, () => {
  const seen = new Set<string>();
  let level: Path[] = [{ world: firstWorld(), steps: [] }];
  for (let step = 0; step < depth; step++) {
    const next: Path[] = [];
    for (const path of level) next.push(...successors(path, seen, step === depth - 1));
    level = next;
  }
  console.info(`${seen.size} states of two tabs`);
  expect(seen.size).toBeGreaterThan(10 ** (depth - 1));
}, 600_000);

/** The worlds that one more step leads to and that were not seen yet, each checked. */
function successors({ world, steps }: Path, seen: Set<string>, isLast: boolean): Path[] {
  return possibleSteps(world).flatMap((step) => {
    const next = take(world, step);
    if (!next) return [];
    const key = JSON.stringify(next);
    if (seen.has(key)) return [];
    seen.add(key);
    const path = [...steps, step];
    const broken = violation(world, next) ?? disagreement(next);
    if (broken) throw new Error(`${broken} after ${JSON.stringify(path)}`);
    return isLast ? [] : [{ world: next, steps: path }];
  });
}
