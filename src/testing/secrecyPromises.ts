import { asError, context, errorOf, toSearchableText, withClient } from './sourceChecks.js';
import type { SourcePromise } from './sourcePromise.js';
import { transientFailures } from './sourceScene.js';

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

/** Rules about what leaves the source. */
export const secrecyPromises: readonly SourcePromise[] = [
  {
    title: 'keeps tokens out of its errors and its events',
    async check(scene) {
      const { source } = scene;
      const texts: string[] = [];
      const stop = source.subscribe?.((event) => texts.push(toSearchableText(event)));
      await scene.setSituation('signed in');
      await source.getAccessToken?.({}, context(true));
      for (const situation of [...transientFailures, 'refused'] as const) {
        await scene.setSituation(situation);
        const session = source.getSession(context());
        const token = source.getAccessToken?.({}, context(true));
        for (const call of [session, token]) {
          texts.push(toSearchableText(await call?.then(() => '', asError)));
        }
      }
      stop?.();
      for (const secret of scene.secrets()) {
        if (texts.join('').includes(secret)) throw new Error('An error or an event has a token.');
      }
    },
  },
  {
    title: 'never navigates to another origin',
    check: (scene) =>
      withClient(scene, async (client) => {
        for (const returnTo of foreignUrls) {
          const error = await errorOf(client.login({ returnTo }));
          if (error instanceof TypeError) continue;
          throw new Error(`Expected a TypeError for returnTo ${returnTo}, but got ${error}.`);
        }
      }),
  },
];
