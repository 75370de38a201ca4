import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client';
import { del, get, set } from 'idb-keyval';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createSessionClient, rolling, SessionProvider, useSession } from 'session-clock';
import { createAuthFetch } from 'session-clock/fetch';
import { persisterForUser, QueryClientSync, retryUnlessRefused } from 'session-clock/query';
import { check, type PageRecord, record, recordDocument, recordRequests } from './record.ts';
import { nextUser, source } from './source.ts';

declare global {
  interface Window {
    page: {
      record: PageRecord;
      /** The users whose notes are shown, one for each note. */
      shown: () => string[];
      signIn: (user: 'ada' | 'grace') => Promise<void>;
      stored: () => Promise<string>;
    };
  }
}

const shownUser = (): string | undefined => client.getSnapshot().session?.user.sub;
recordRequests(shownUser);

const client = createSessionClient({ source, policy: rolling({ idle: '1h' }) });
const apiFetch = createAuthFetch(client);
const queryClient = new QueryClient({
  defaultOptions: { queries: { gcTime: 86_400_000, retry: retryUnlessRefused } },
});
const disk = createAsyncStoragePersister({
  throttleTime: 50,
  storage: {
    getItem: (key) => get<string>(key),
    setItem: (key, text) => {
      check('writes', text, shownUser());
      return set(key, text);
    },
    removeItem: (key) => del(key),
  },
});
/** The app as it would be without session-clock/query. */
const isPlain = new URLSearchParams(location.search).has('plain');
const persister = isPlain ? disk : persisterForUser({ client, queryClient, persister: disk });

const numbers = Array.from({ length: 30 }, (_, index) => index);

function Note({ number }: { number: number }): ReactNode {
  const user = useSession(({ session }) => session?.user.sub);
  const { data = '' } = useQuery({
    queryKey: ['note', number],
    queryFn: async ({ signal }) => (await apiFetch(`/api/notes/${number}`, { signal })).text(),
    refetchInterval: 400 + 10 * number,
  });
  check('renders', data, user);
  return <li>{data}</li>;
}

function Notes(): ReactNode {
  const user = useSession(({ session }) => session?.user.sub);
  return (
    <>
      <h1>{user ?? 'no user'}</h1>
      <ul>{user && numbers.map((number) => <Note key={number} number={number} />)}</ul>
    </>
  );
}

/** After each change, when all of its listeners have run. */
function recordCache(): void {
  let isDue = false;
  function checkSoon(): void {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      const data = queryClient.getQueriesData({}).map(([, each]) => each);
      check('cacheChecks', JSON.stringify(data), shownUser());
    });
  }
  queryClient.getQueryCache().subscribe(checkSoon);
  client.subscribe(checkSoon);
}

window.page = {
  record,
  shown: () =>
    [...document.querySelectorAll('li')].map((item) => item.textContent.split(' ').at(-1) ?? ''),
  signIn: (user) => {
    nextUser.name = user;
    return client.login();
  },
  stored: async () => JSON.stringify((await get('REACT_QUERY_OFFLINE_CACHE')) ?? null),
};

recordCache();
const root = document.querySelector('#root');
if (root) {
  recordDocument(root, shownUser);
  createRoot(root).render(
    <StrictMode>
      <PersistQueryClientProvider client={queryClient} persistOptions={{ persister }}>
        <SessionProvider client={client}>
          {!isPlain && <QueryClientSync />}
          <Notes />
        </SessionProvider>
      </PersistQueryClientProvider>
    </StrictMode>,
  );
}
