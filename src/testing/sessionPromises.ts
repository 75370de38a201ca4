import {
  asError,
  context,
  errorOf,
  expectEqual,
  expectRetryable,
  expectWithin,
  getValidSession,
  withClient,
} from './sourceChecks.js';
import type { SourcePromise } from './sourcePromise.js';
import { type Situation, transientFailures } from './sourceScene.js';

const failedExtensions: readonly Situation[] = ['unreachable', 'HTTP 500 with HTML', 'HTTP 429'];

/** Rules about `getSession()` and `extend()`. */
export const sessionPromises: readonly SourcePromise[] = [
  {
    title: 'resolves with null when no user is signed in',
    async check(scene) {
      const { source } = scene;
      await scene.setSituation('signed out');
      expectEqual(await source.getSession(context()), null, 'the session');
    },
  },
  {
    title: 'resolves with the session when a user is signed in',
    async check(scene) {
      const { source } = scene;
      await scene.setSituation('signed in');
      const session = await source.getSession(context());
      expectEqual(typeof session?.user.sub, 'string', 'the type of sub');
    },
  },
  ...transientFailures.map(keepsSession),
  ...failedExtensions.map(failsToExtend),
  {
    title: 'aborts a request with its signal',
    async check(scene) {
      const { limitations, source } = scene;
      if (limitations?.includes('ignores the signal')) return;
      await scene.setSituation('hanging');
      const controller = new AbortController();
      const call = source.getSession({ ...context(), signal: controller.signal });
      controller.abort();
      await expectWithin(1_000, errorOf(call));
    },
  },
];

function keepsSession(situation: Situation): SourcePromise {
  return {
    title: `does not report a sign-out: ${situation}`,
    async check(scene) {
      const { source } = scene;
      await scene.setSituation('signed in');
      const before = await source.getSession(context());
      await scene.setSituation(situation);
      const answer = await getValidSession(source).catch(asError);
      if (answer instanceof Error) expectRetryable(answer);
      else expectEqual(answer?.user.sub, before?.user.sub, 'the user of the session');
    },
  };
}

function failsToExtend(situation: Situation): SourcePromise {
  return {
    title: `does not take a failed extension for a result: ${situation}`,
    check: (scene) =>
      withClient(scene, async () => {
        await scene.setSituation(situation);
        const extension = scene.source.extend?.(context());
        if (extension) expectRetryable(asError(await errorOf(extension)));
      }),
  };
}
