import { expect, it } from 'vitest';
import {
  disagreement,
  initialSimulation,
  possibleSteps,
  type Step,
  type TabSimulation,
  take,
  violation,
} from './tabSimulation.js';

/** The number of steps. Each further step takes about twelve times as long: npm run fuzz -- --depth 5. */
const depth = Number(process.env['DEPTH'] ?? 4);

interface Path {
  readonly simulation: TabSimulation;
  readonly steps: readonly Step[];
}

it(`two tabs never violate an invariant, in all orders of ${depth} steps`, () => {
  const seen = new Set<string>();
  let level: Path[] = [{ simulation: initialSimulation(), steps: [] }];
  for (let step = 0; step < depth; step++) {
    const next: Path[] = [];
    for (const path of level) next.push(...successors(path, seen, step === depth - 1));
    level = next;
  }
  console.info(`${seen.size} states of two tabs`);
  expect(seen.size).toBeGreaterThan(10 ** (depth - 1));
}, 600_000);

/** The states after one more step that were not reached before; each is checked. */
function successors({ simulation, steps }: Path, seen: Set<string>, isLast: boolean): Path[] {
  return possibleSteps(simulation).flatMap((step) => {
    const next = take(simulation, step);
    if (!next) return [];
    const key = JSON.stringify(next);
    if (seen.has(key)) return [];
    seen.add(key);
    const path = [...steps, step];
    const violated = violation(simulation, next) ?? disagreement(next);
    if (violated) throw new Error(`${violated} after ${JSON.stringify(path)}`);
    return isLast ? [] : [{ simulation: next, steps: path }];
  });
}
