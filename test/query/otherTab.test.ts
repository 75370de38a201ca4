import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { syncQueryClient } from 'session-clock/query';
import { expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import { manyTabs, open, origin, provider } from '../support/manyTabs.js';
import { persist, persistedPages, storedText, sync } from './persistedPages.js';

manyTabs();
persistedPages();

/** The app's cache uses the real clock, and notifies its observers asynchronously. */
async function settle(): Promise<void> {
  for (let count = 0; count < 8; count++) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    await origin.advance(100);
  }
}

it('fetches with the new user’s token after a sign-in in another tab, and drops the former user’s data', async () => {
  const { client } = open({ policy: rolling({ idle: '1h' }) });
  client.retainAccessToken();
  await origin.advance(300);
  const queryClient = new QueryClient();
  const stopSync = syncQueryClient({ client, queryClient });
  /** The user that the page shows when the query is sent, and the token that is sent. */
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
  provider.nextUser = 'grace';
  await other.client.login();
  await settle();
  expect(sent.slice(1)).toEqual([['grace', expect.stringMatching(/^secret-grace/)]]);
  expect(observer.getCurrentResult().data).toMatch(/^the notes for secret-grace/);
  stopObserving();
  stopSync();
  queryClient.clear();
});

it.each([
  ['whose session is hidden', {}],
  ['who is still shown', { hideAfter: [] }],
])(
  'a sign-out in another tab removes what is stored, and nothing is stored for the user %s',
  async (_case, options) => {
    const tabs = [open(options), open(options)].map(({ client }) => ({
      client,
      queryClient: new QueryClient(),
    }));
    await origin.advance(300);
    for (const tab of tabs) {
      sync(tab);
      await persist(tab);
      tab.queryClient.setQueryData(['notes'], 'Ada’s notes');
    }
    expect(storedText()).toContain('Ada’s notes');
    const [first, second] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
    await first.client.logout();
    await origin.advance(300);
    expect(second.client.getSnapshot().reason).toBe('signed-out-elsewhere');
    expect(storedText()).toBe('null');
    second.queryClient.setQueryData(['notes'], 'Ada’s notes');
    expect(storedText()).toBe('null');
    for (const { queryClient } of tabs) queryClient.clear();
  },
);
