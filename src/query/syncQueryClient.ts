import type { Query, QueryClient } from '@tanstack/react-query';
import { needsLogin, SessionError } from '../core/errors.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { ownerOf, setOwner } from './cacheOwner.js';
import { clearUserData } from './clearUserData.js';
import { updateSessionQuery } from './sessionQuery.js';

export interface SyncQueryClientOptions {
  client: SessionClient;
  /** The app's own QueryClient. */
  queryClient: QueryClient;
  /** Whether a query holds data of the user. Default: every query does. */
  isPrivate?: (query: Query) => boolean;
}

/**
 * Keeps the data of at most one user in the app's cache. When the user signs out or another user signs in, the
 * private queries are removed, pending mutations are not sent again and their success callbacks do
 * not run; then the mounted queries are fetched for the new user. When the session expires, nothing is
 * removed. Queries that failed with a `SessionError` are fetched again once its cause is resolved.
 *
 * A removed query has its `initialData` again, and a mounted `useMutation` keeps its last result. Where you
 * use these, set `client.getUserKey()` as the `key` of that part of the tree.
 * @returns a function that stops the sync
 */
export function syncQueryClient(options: SyncQueryClientOptions): () => void {
  const { client, queryClient, isPrivate = () => true } = options;

  function syncUser(): void {
    if (client.getSnapshot().status === 'loading') return;
    updateSessionQuery(client, queryClient);
    const [former, user] = [ownerOf(queryClient), client.getUserKey()];
    if (former === user) return;
    if (former !== null) clearUserData(queryClient, isPrivate);
    setOwner(queryClient, user);
    if (user !== null) refetch((query) => isPrivate(query) && query.state.data === undefined);
  }

  function refetch(predicate: (query: Query) => boolean): void {
    void queryClient.invalidateQueries({ predicate }, { cancelRefetch: false });
  }

  const stops = [
    client.subscribe(syncUser),
    client.on('session-started', () => refetch(hasFailed(isResolvedBySignIn))),
    client.on('access-token-refreshed', () => refetch(hasFailed(isResolvedByToken))),
    client.on('connection-changed', ({ connection }) => {
      if (connection === 'online') refetch(hasFailed(isResolvedByToken));
    }),
  ];
  syncUser();
  return () => {
    for (const stop of stops) stop();
  };
}

function hasFailed(isResolved: (error: SessionError) => boolean): (query: Query) => boolean {
  return ({ state: { error } }) => error instanceof SessionError && isResolved(error);
}

/** A step-up that the provider did not confirm is requested again only by the app. */
function isResolvedBySignIn({ code }: SessionError): boolean {
  return code !== 'ERR_STEP_UP_REQUIRED';
}

/** A sign-in that the user cancelled is not requested again automatically. */
function isResolvedByToken(error: SessionError): boolean {
  return error.retryable || needsLogin(error);
}
