import { context, expectWithin } from './sourceChecks.js';
import type { SourcePromise } from './sourcePromise.js';
import type { Situation, SourceScene } from './sourceScene.js';

/** After this time, a sign-in waits for the user (ms). */
const signInStarted = 200;
/** How long a source may take to react, for example to an abort (ms). */
const reactionTime = 1_000;

const failedSignOuts: readonly Situation[] = ['unreachable', 'HTTP 500 with HTML'];

/** Rules about `login()`, `logout()`, `clear()` and `subscribe()`. */
export const signInPromises: readonly SourcePromise[] = [
  {
    title: 'does not resolve a sign-in that leads to no session',
    async check(scene) {
      const { login, cancel } = await startSignIn(scene);
      const outcome = await outcomeOf(login, signInStarted);
      cancel();
      if (outcome === 'resolved') await expectSession(scene);
    },
  },
  {
    title: 'ends a sign-in with its signal',
    async check(scene) {
      if (scene.limitations?.includes('ignores the signal')) return;
      const { login, cancel } = await startSignIn(scene);
      await outcomeOf(login, signInStarted);
      cancel();
      await expectWithin(
        reactionTime,
        login.catch(() => {}),
      );
    },
  },
  {
    title: 'rejects a cancelled sign-in',
    async check(scene) {
      const { login, cancel } = await startSignIn(scene);
      if ((await outcomeOf(login, signInStarted)) !== 'pending') return;
      cancel();
      if ((await outcomeOf(login, reactionTime)) === 'resolved') await expectSession(scene);
    },
  },
  ...failedSignOuts.map(failsToSignOut),
  {
    title: 'removes with clear() what would restore the session',
    async check(scene) {
      const { source } = scene;
      if (!source.clear) return;
      await scene.setSituation('signed in');
      await source.getSession(context());
      await source.clear('idle', context());
      if (await source.getSession(context()).catch(() => null)) {
        throw new Error(
          'After clear(), getSession() still returns the session. If clear() sends a request, the server of the scene has to end the session.',
        );
      }
    },
  },
  {
    title: 'reports no event after the end of a subscription',
    async check(scene) {
      const { source } = scene;
      if (!source.subscribe) return;
      await scene.setSituation('signed in');
      let [isStopped, isLate] = [false, false];
      let stop = source.subscribe(() => {
        isLate ||= isStopped;
      });
      if (typeof stop !== 'function') throw new Error('subscribe() returned no function.');
      stop();
      isStopped = true;
      // The other subscription shows when the event has been reported.
      const reported = new Promise<void>((resolve) => {
        stop = source.subscribe?.(() => resolve()) ?? stop;
      });
      await scene.setSituation('signed out');
      await outcomeOf(reported, signInStarted);
      stop();
      if (isLate) throw new Error('The source reported an event after its subscription ended.');
    },
  },
];

/** The user does not sign in. */
async function startSignIn(
  scene: SourceScene,
): Promise<{ login: Promise<void>; cancel: () => void }> {
  const { source } = scene;
  await scene.setSituation('signed out');
  const controller = new AbortController();
  const { signal } = controller;
  const whenQuiet = (work: () => Promise<void>): Promise<void> => work();
  const login = (async () => {
    await source.login?.({}, { ...context(), signal, whenQuiet });
    // Without `login()` there is nothing to test.
    if (!source.login) throw new Error('The source has no login().');
  })();
  login.catch(() => {});
  return { login, cancel: () => controller.abort() };
}

async function expectSession({ source }: SourceScene): Promise<void> {
  if (await source.getSession(context())) return;
  throw new Error(
    'login() resolved, but there is no session. Reject if the user cancels, and leave the promise pending only while the browser leaves the page.',
  );
}

function failsToSignOut(situation: Situation): SourcePromise {
  return {
    title: `does not resolve a sign-out that has failed: ${situation}`,
    async check(scene) {
      const { limitations, source } = scene;
      if (!source.logout || limitations?.includes('leaves the page to sign out')) return;
      await scene.setSituation('signed in');
      await source.getSession(context());
      await scene.setSituation(situation);
      const outcome = await outcomeOf(source.logout({}, context()), reactionTime);
      if (outcome !== 'resolved') return;
      // A sign-out that needs no request has removed the session.
      const session = await source.getSession(context()).catch(() => undefined);
      if (session !== null) throw new Error('logout() resolved, but its request has failed.');
    },
  };
}

/** What has become of `promise` after `ms` at the latest. */
function outcomeOf(
  promise: Promise<unknown>,
  ms: number,
): Promise<'resolved' | 'rejected' | 'pending'> {
  return Promise.race([
    promise.then(
      () => 'resolved' as const,
      () => 'rejected' as const,
    ),
    new Promise<'pending'>((resolve) => setTimeout(resolve, ms, 'pending')),
  ]);
}
