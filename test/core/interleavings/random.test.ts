import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { it } from 'vitest';
import { Browser, type Step } from './browser.js';

const tab = fc.nat({ max: 4 });
/** Changes under 3 s are left out: a device that synchronizes its clock makes them in smaller steps. */
const jump = fc.integer({ min: -3_600_000, max: 3_600_000 });
const jumpBy = (ms: number): number => ms + Math.sign(ms) * 3_000;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(50_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.nat(7_200_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set clock' as const),
      ms: jump.map(jumpBy),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'call',
        'force',
        'extend',
        'activity',
        'resume',
        'freeze',
        'thaw',
        'reload',
        'close',
      ),
      tab,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('sign out', 'revoked'), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('sign in' as const),
      tab,
      user: fc.constantFrom('ada', 'ada', 'grace'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'open',
        'open',
        'provider down',
        'provider hangs',
        'provider up',
        'provider up',
        'slow',
        'fast',
        'lose messages',
        'delay messages',
        'deliver messages',
        'see storage late',
        'see storage',
        'end at provider',
      ),
    }),
  },
);

// A longer run: npm run fuzz -- --runs 100000. A failure prints its seed, and shrinks to a list of steps.
const seed = process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {};
const numRuns = Number(process.env['RUNS'] ?? 300);
const report = join(tmpdir(), 'session-clock-fuzz.json');

it.each([
  ['hybrid', true],
  ['rolling', false],
])(
  'tabs with a faulty SDK under a %s policy never violate an invariant, in any order of steps',
  async (_name, isHybrid) => {
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 2 ** 30 }),
      (steps, deviceSeed) => run(steps, new Browser(deviceSeed, isHybrid)),
    );
    await fc.assert(property, { numRuns, ...seed });
  },
  1_800_000,
);

async function run(steps: readonly Step[], browser: Browser): Promise<void> {
  try {
    for (const each of steps) await browser.take(each);
    await browser.finish();
  } catch (error) {
    const logs = browser.tabs.map(({ client }) => client.getLog());
    writeFileSync(report, JSON.stringify(logs, null, 2));
    throw new Error(`${String(error)}. The inputs of each tab: ${report}`, { cause: error });
  }
}
