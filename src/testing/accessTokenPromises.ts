import { readJwtClaims } from '../core/jwt.js';
import type { AccessTokenRequest } from '../core/types.js';
import { recordRequests } from './recordRequests.js';
import {
  context,
  expectEqual,
  expectRetryable,
  sessionErrorOf,
  withClient,
} from './sourceChecks.js';
import type { SourcePromise } from './sourcePromise.js';
import { type Situation, type SourceScene, transientFailures } from './sourceScene.js';

/** The parts of a request that select another token, each as two requests with values to search for. */
const selections: Readonly<Record<string, readonly [AccessTokenRequest, AccessTokenRequest]>> = {
  audience: [{ audience: 'audience-one' }, { audience: 'audience-two' }],
  scope: [{ scope: 'scope-one' }, { scope: 'scope-two' }],
};

/** Rules about `getAccessToken()`. */
export const accessTokenPromises: readonly SourcePromise[] = [
  ...transientFailures.map(rejectsForNow),
  {
    title: 'rejects with an error that is not retryable when the provider refuses for good',
    check: (scene) =>
      withClient(scene, async (client) => {
        if (!client.hasAccessTokens) return;
        await scene.setSituation('refused');
        const error = await sessionErrorOf(client.getAccessToken({ forceRefresh: true }));
        expectEqual(error.retryable, false, 'retryable');
      }),
  },
  {
    title: 'fetches a new token with forceRefresh',
    async check(scene) {
      const { limitations, source } = scene;
      if (limitations?.includes('refreshes only near the expiry')) return;
      await scene.setSituation('signed in');
      const first = await source.getAccessToken?.({}, context(true));
      const second = await source.getAccessToken?.({}, context(true));
      if (first && first.value === second?.value) {
        throw new Error('Expected a new token with forceRefresh, but it is the same one.');
      }
    },
  },
  ...Object.entries(selections).map(selectsToken),
];

/** A plain error is accepted: it counts as a network failure, and the request is repeated. */
function rejectsForNow(situation: Situation): SourcePromise {
  return {
    title: `rejects a token request with a retryable error: ${situation}`,
    check: (scene) =>
      withClient(scene, async (client) => {
        if (!client.hasAccessTokens || isHidden(situation, scene)) return;
        await scene.setSituation(situation);
        expectRetryable(await sessionErrorOf(client.getAccessToken({ forceRefresh: true })));
        expectEqual(client.getSnapshot().status, 'active', 'the status');
      }),
  };
}

/** If an SDK drops a negative expiry, its token has no expiry, and the failure cannot be seen. */
function isHidden(situation: Situation, { limitations }: SourceScene): boolean {
  return situation === 'a negative expiry' && !!limitations?.includes('drops a negative expiry');
}

/** A source either rejects the request, or sends its value, or returns a token that states it. */
function selectsToken([field, requests]: readonly [
  string,
  readonly AccessTokenRequest[],
]): SourcePromise {
  return {
    title: `does not ignore the ${field} of a token request`,
    async check(scene) {
      const { limitations, source } = scene;
      if (!source.getAccessToken || limitations?.includes('sends requests without fetch')) return;
      await scene.setSituation('signed in');
      for (const request of requests) {
        const recorded = await recordRequests(async () =>
          source.getAccessToken?.(request, context()).catch(() => null),
        );
        const token = recorded.result;
        if (!token) continue;
        const { audience, scope, value } = token;
        const text = recorded.text + JSON.stringify([audience, scope, readJwtClaims(value)]);
        if (Object.values(request).some((each) => text.includes(String(each)))) continue;
        throw new Error(
          `The source returned a token although it did not send the ${field} of the request. Send it, or throw ERR_NOT_SUPPORTED.`,
        );
      }
    },
  };
}
