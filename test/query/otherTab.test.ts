import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { syncQueryClient } from 'session-clock/query';
import { expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import { manyTabs, open, origin, provider } from '../support/manyTabs.js';

manyTabs();

/** The app's own cache lives by the real clock, and tells of a change a moment later. */
async function settle(): Promise<void> {
  for (let moment = 0; moment < 8; moment++) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    await origin.advance(100);
  }
}

it('fetches for the user who signed in in another tab with a token of theirs, and keeps nothing of the former', async () => {
  const { client } = open({ policy: rolling({ idle: '1h' }) });
  client.retainAccessToken();
  await origin.advance(300);
  const queryClient = new QueryClient();
  const stopSync = syncQueryClient({ client, queryClient });
  /** The user whom the page shows when the query is sent, and the token that it is sent with. */
  const sent: [user: string | undefined, token: string][] = [];
  const observer = new QueryObserver(queryClient, {
    queryKey: ['notes'],
    queryFn: async () => {
      const user = client.getSnapshot().session?.user.sub;
      const token = await client.getAccessToken();
      sent.push([user, token]);
      return `the notes for ${token}`;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const stopObserving = observer.subscribe(() => {});
  await settle();
  expect(sent).toEqual([['ada', expect.stringMatching(/^secret-ada/)]]);

  const other = open({ policy: rolling({ idle: '1h' }) });
  await origin.advance(300);
  provider.nextPerson = 'grace';
  await other.client.login();
  await settle();
  expect(sent.slice(1)).toEqual([['grace', expect.stringMatching(/^secret-grace/)]]);
  expect(observer.getCurrentResult().data).toMatch(/^the notes for secret-grace/);
  stopObserving();
  stopSync();
  queryClient.clear();
});
