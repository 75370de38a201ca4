import { accessTokenPromises } from './accessTokenPromises.js';
import { secrecyPromises } from './secrecyPromises.js';
import { sessionPromises } from './sessionPromises.js';
import { signInPromises } from './signInPromises.js';
import type { SourceScene } from './sourceScene.js';

/** The two functions of your test runner. Default: the global ones. */
export interface TestFunctions {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

const promises = [
  ...sessionPromises,
  ...accessTokenPromises,
  ...signInPromises,
  ...secrecyPromises,
];

/**
 * Defines tests of the rules that every source follows; call it in a test file. A rule about a function that
 * the source does not have is not tested. Throws a `TypeError` if there is neither a runner nor a global one.
 * @example describeSource('mine', async () => ({ source: mySource(), setSituation, secrets, close }));
 */
export function describeSource(
  name: string,
  setup: () => Promise<SourceScene>,
  { describe, it }: TestFunctions = globalThis as unknown as TestFunctions,
): void {
  if (typeof describe !== 'function' || typeof it !== 'function') {
    throw new TypeError(
      'describeSource() needs a test runner. Pass it as the last argument, { describe, it }.',
    );
  }
  describe(`the source ${name}`, () => {
    for (const { title, check } of promises) {
      it(title, async () => {
        const scene = await setup();
        try {
          await check(scene);
        } finally {
          await scene.close();
        }
      });
    }
  });
}
