import {
  asError,
  askSession,
  context,
  equal,
  failureOf,
  retryable,
  sessionErrorOf,
  tell,
  withClient,
  within,
} from './sourceChecks.js';
import type { Situation, SourceScene } from './sourceScene.js';

/** The two functions of your test runner; default: the global ones. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

const hostile: readonly Situation[] = [
  'HTML',
  'an empty body',
  'wrong types',
  'an expiry in the year 3000',
  'a negative expiry',
  'a body of 5 MB',
];
const passing: readonly Situation[] = ['unreachable', 'HTTP 429', 'HTTP 500 with HTML', ...hostile];

const strangers = [
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
 * The promises that every source keeps, as tests of your own: call it in a test file. Throws a
 * `TypeError` where it is given no runner, and there is no global one.
 * @example describeSource('mine', async () => ({ source: mySource(), be, secrets, close }));
 */
export function describeSource(
  name: string,
  setup: () => Promise<SourceScene>,
  { describe, it }: TestRunner = globalThis as unknown as TestRunner,
): void {
  if (typeof describe !== 'function' || typeof it !== 'function') {
    throw new TypeError(
      'describeSource() needs a test runner. Give it as the last argument, { describe, it }.',
    );
  }
  const check = (promise: string, body: (scene: SourceScene) => Promise<void>): unknown =>
    it(promise, async () => {
      const scene = await setup();
      try {
        await body(scene);
      } finally {
        await scene.close();
      }
    });

  describe(`the source ${name}`, () => {
    check('knows when nobody is there', async (scene) => {
      await scene.be('nobody');
      equal(await scene.source.getSession(context()), null, 'the answer');
    });

    check('knows who is there', async (scene) => {
      await scene.be('somebody');
      const session = await scene.source.getSession(context());
      equal(typeof session?.user.sub, 'string', 'the type of sub');
    });

    for (const situation of passing) {
      check(`takes nobody for signed out: ${situation}`, async (scene) => {
        await scene.be('somebody');
        const before = await scene.source.getSession(context());
        await scene.be(situation);
        const answer = await askSession(scene.source).catch(asError);
        if (answer instanceof Error) retryable(answer);
        else equal(answer?.user.sub, before?.user.sub, 'whose session it is');
      });

      check(`asks again where no token was to be had: ${situation}`, (scene) =>
        withClient(scene, async (client) => {
          if (isHidden(situation, scene)) return;
          await scene.be(situation);
          const error = await sessionErrorOf(client.getAccessToken({ forceRefresh: true }));
          retryable(error);
          if (hostile.includes(situation)) equal(error.code, 'ERR_BAD_RESPONSE', 'the code');
          equal(client.getSnapshot().status, 'active', 'the status');
        }),
      );
    }

    check('says when only a person can help', (scene) =>
      withClient(scene, async (client) => {
        await scene.be('refused');
        const error = await sessionErrorOf(client.getAccessToken({ forceRefresh: true }));
        equal(error.retryable, false, 'retryable');
      }),
    );

    check('heeds its signal', async (scene) => {
      if (scene.cannot?.includes('heed a signal')) return;
      await scene.be('hanging');
      const call = new AbortController();
      const asked = scene.source.getSession({ ...context(), signal: call.signal });
      call.abort();
      await within(1_000, failureOf(asked));
    });

    check('gets a new token where one is asked for', async (scene) => {
      if (scene.cannot?.includes('refresh at will')) return;
      await scene.be('somebody');
      const first = await scene.source.getAccessToken?.({}, context(true));
      const second = await scene.source.getAccessToken?.({}, context(true));
      if (first && first.value === second?.value) throw new Error('It is the same token.');
    });

    check('keeps tokens out of its errors and its events', async (scene) => {
      const said: string[] = [];
      const stop = scene.source.subscribe?.((event) => said.push(tell(event)));
      await scene.be('somebody');
      await scene.source.getAccessToken?.({}, context(true));
      for (const situation of [...passing, 'refused'] as const) {
        await scene.be(situation);
        const asked = [scene.source.getSession(context())];
        const token = scene.source.getAccessToken?.({}, context(true));
        for (const each of [...asked, token]) said.push(tell(await each?.then(() => '', asError)));
      }
      stop?.();
      for (const secret of scene.secrets()) {
        if (said.join('').includes(secret)) throw new Error('A token is in what was said.');
      }
    });

    check('sends nobody out of its origin', (scene) =>
      withClient(scene, async (client) => {
        for (const returnTo of strangers) {
          const error = await failureOf(client.login({ returnTo }));
          if (!(error instanceof TypeError)) throw new Error(`${returnTo} was let through.`);
        }
      }),
    );
  });
}

/** An SDK that drops a negative expiry leaves a token without one. */
function isHidden(situation: Situation, { cannot }: SourceScene): boolean {
  return situation === 'a negative expiry' && !!cannot?.includes('tell a negative expiry');
}
