import {
  asError,
  context,
  errorOf,
  expectEqual,
  expectRetryable,
  expectWithin,
  getValidSession,
  sessionErrorOf,
  toSearchableText,
  withClient,
} from './sourceChecks.js';
import type { Situation, SourceScene } from './sourceScene.js';

/** The two functions of your test runner. Default: the global ones. */
export interface TestFunctions {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

const invalidAnswers: readonly Situation[] = [
  'HTML',
  'an empty body',
  'wrong types',
  'an expiry in the year 3000',
  'a negative expiry',
  'a body of 5 MB',
];
const transientFailures: readonly Situation[] = [
  'unreachable',
  'HTTP 429',
  'HTTP 500 with HTML',
  ...invalidAnswers,
];

const foreignUrls = [
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/a\nb',
  'https://evil.example/',
  'javascript:alert(1)',
  'data:text/html,hello',
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
  const check = (title: string, body: (scene: SourceScene) => Promise<void>): unknown =>
    it(title, async () => {
      const scene = await setup();
      try {
        await body(scene);
      } finally {
        await scene.close();
      }
    });

  describe(`the source ${name}`, () => {
    check('resolves with null when no user is signed in', async (scene) => {
      await scene.setSituation('signed out');
      expectEqual(await scene.source.getSession(context()), null, 'the session');
    });

    check('resolves with the session when a user is signed in', async (scene) => {
      await scene.setSituation('signed in');
      const session = await scene.source.getSession(context());
      expectEqual(typeof session?.user.sub, 'string', 'the type of sub');
    });

    for (const situation of transientFailures) {
      check(`does not report a sign-out: ${situation}`, async (scene) => {
        await scene.setSituation('signed in');
        const before = await scene.source.getSession(context());
        await scene.setSituation(situation);
        const answer = await getValidSession(scene.source).catch(asError);
        if (answer instanceof Error) expectRetryable(answer);
        else expectEqual(answer?.user.sub, before?.user.sub, 'the user of the session');
      });

      check(`rejects a token request with a retryable error: ${situation}`, (scene) =>
        withClient(scene, async (client) => {
          if (!client.hasAccessTokens || isHidden(situation, scene)) return;
          await scene.setSituation(situation);
          const error = await sessionErrorOf(client.getAccessToken({ forceRefresh: true }));
          expectRetryable(error);
          if (invalidAnswers.includes(situation)) {
            expectEqual(error.code, 'ERR_BAD_RESPONSE', 'the code');
          }
          expectEqual(client.getSnapshot().status, 'active', 'the status');
        }),
      );
    }

    check(
      'rejects with an error that is not retryable when the provider refuses for good',
      (scene) =>
        withClient(scene, async (client) => {
          if (!client.hasAccessTokens) return;
          await scene.setSituation('refused');
          const error = await sessionErrorOf(client.getAccessToken({ forceRefresh: true }));
          expectEqual(error.retryable, false, 'retryable');
        }),
    );

    for (const situation of ['unreachable', 'HTTP 500 with HTML', 'HTTP 429'] as const) {
      check(`does not take a failed extension for a result: ${situation}`, (scene) =>
        withClient(scene, async () => {
          await scene.setSituation(situation);
          const extension = scene.source.extend?.(context());
          if (extension) expectRetryable(asError(await errorOf(extension)));
        }),
      );
    }

    check('aborts a request with its signal', async (scene) => {
      if (scene.limitations?.includes('ignores the signal')) return;
      await scene.setSituation('hanging');
      const controller = new AbortController();
      const call = scene.source.getSession({ ...context(), signal: controller.signal });
      controller.abort();
      await expectWithin(1_000, errorOf(call));
    });

    check('fetches a new token with forceRefresh', async (scene) => {
      if (scene.limitations?.includes('refreshes only near the expiry')) return;
      await scene.setSituation('signed in');
      const first = await scene.source.getAccessToken?.({}, context(true));
      const second = await scene.source.getAccessToken?.({}, context(true));
      if (first && first.value === second?.value) {
        throw new Error('Expected a new token with forceRefresh, but it is the same one.');
      }
    });

    check('keeps tokens out of its errors and its events', async (scene) => {
      const texts: string[] = [];
      const stop = scene.source.subscribe?.((event) => texts.push(toSearchableText(event)));
      await scene.setSituation('signed in');
      await scene.source.getAccessToken?.({}, context(true));
      for (const situation of [...transientFailures, 'refused'] as const) {
        await scene.setSituation(situation);
        const session = scene.source.getSession(context());
        const token = scene.source.getAccessToken?.({}, context(true));
        for (const call of [session, token]) {
          texts.push(toSearchableText(await call?.then(() => '', asError)));
        }
      }
      stop?.();
      for (const secret of scene.secrets()) {
        if (texts.join('').includes(secret)) throw new Error('An error or an event has a token.');
      }
    });

    check('never navigates to another origin', (scene) =>
      withClient(scene, async (client) => {
        for (const returnTo of foreignUrls) {
          const error = await errorOf(client.login({ returnTo }));
          if (error instanceof TypeError) continue;
          throw new Error(`Expected a TypeError for returnTo ${returnTo}, but got ${error}.`);
        }
      }),
    );
  });
}

/** If an SDK drops a negative expiry, its token has no expiry, and the failure cannot be seen. */
function isHidden(situation: Situation, { limitations }: SourceScene): boolean {
  return situation === 'a negative expiry' && !!limitations?.includes('drops a negative expiry');
}
