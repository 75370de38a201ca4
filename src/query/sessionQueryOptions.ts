import type { DataTag, QueryClient, QueryPersister } from '@tanstack/react-query';
import { SessionError } from '../core/errors.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Session } from '../core/types.js';
import { type SessionQueryKey, sessionQueryKey, updateSessionQuery } from './sessionQuery.js';

export interface SessionQueryOptions {
  queryKey: DataTag<SessionQueryKey, Session | null>;
  queryFn: (context: { client?: QueryClient }) => Promise<Session | null>;
  staleTime: number;
  networkMode: 'always';
  persister: QueryPersister<Session | null, SessionQueryOptions['queryKey']>;
}

/**
 * Options of a query whose data is the session, for `ensureQueryData()` in a loader and for `useSuspenseQuery()`.
 * The query resolves once the session is known: with `null` if no user is signed in. An expired session is kept,
 * as in `useSession()`. From then on the client updates the data, without a request. The data contains no token.
 * The query rejects with a `SessionError` if the source cannot determine whether a session exists.
 */
export function sessionQueryOptions(client: SessionClient): SessionQueryOptions {
  return {
    queryKey: sessionQueryKey(client) as SessionQueryOptions['queryKey'],
    async queryFn({ client: queryClient }) {
      // Old versions of TanStack Query pass no client: there, the data follows where a sync runs.
      if (queryClient) followSession(client, queryClient);
      await sessionIsKnown(client);
      return client.getSnapshot().session;
    },
    staleTime: Number.POSITIVE_INFINITY,
    // The source, and not the browser, decides whether a session can be known offline.
    networkMode: 'always',
    // Instead of the persister of the app's default options: the session is not stored.
    persister: (queryFn, context) => queryFn(context),
  };
}

/** The caches whose session query is updated, by client. */
const followers = new WeakMap<SessionClient, WeakSet<QueryClient>>();

/** Updates the data until the query is removed from the cache. */
function followSession(client: SessionClient, queryClient: QueryClient): void {
  const caches = followers.get(client) ?? new WeakSet();
  if (caches.has(queryClient)) return;
  followers.set(client, caches.add(queryClient));
  const stop = client.subscribe(() => {
    if (updateSessionQuery(client, queryClient)) return;
    stop();
    caches.delete(queryClient);
  });
}

async function sessionIsKnown(client: SessionClient): Promise<void> {
  const isKnown = (): boolean => client.getSnapshot().status !== 'loading';
  try {
    await client.getSession();
  } catch (error) {
    if (isKnown()) return;
    if (!(error instanceof SessionError && error.code === 'ERR_LOGIN_CANCELLED')) throw error;
    // StrictMode stops the client and starts it again, which rejects the pending calls.
    await client.getSession().catch((again: unknown) => {
      if (!isKnown()) throw again;
    });
  }
}
