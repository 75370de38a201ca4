import type { Query, QueryClient } from '@tanstack/react-query';
import { SessionError } from '../core/errors.js';
import type { SessionClient } from '../core/sessionClient.js';

export interface SyncQueryClientOptions {
  client: SessionClient;
  /** The app's own. */
  queryClient: QueryClient;
  /** Whether a query holds what only the person may see. Default: every one does. */
  isPrivate?: (query: Query) => boolean;
}

/**
 * Keeps the app's cache in step with who is signed in. What a person has fetched is forgotten when
 * they sign out and when another signs in, with their mutations that still wait; what is on the
 * page is then fetched for the other. A session that ends under their hands takes nothing away.
 * Queries that failed by a `SessionError` are fetched again when a sign-in, a token or the
 * connection has come back. Forgotten queries fall back to their `initialData`.
 * @returns how to stop
 */
export function syncQueryClient(options: SyncQueryClientOptions): () => void {
  const { client, queryClient, isPrivate = () => true } = options;
  let owner = client.getSnapshot().session?.user.sub;

  function heedOwner(): void {
    const { session, status } = client.getSnapshot();
    const former = owner;
    if (status === 'loading') return;
    owner = session?.user.sub;
    if (former === undefined || former === owner) return;
    forget(queryClient, isPrivate);
    if (owner !== undefined) {
      void queryClient.refetchQueries({ type: 'active', predicate: isPrivate });
    }
  }

  function retryRefused(): void {
    const predicate = (query: Query): boolean => query.state.error instanceof SessionError;
    void queryClient.invalidateQueries({ predicate }, { cancelRefetch: false });
  }

  const stops = [
    client.subscribe(heedOwner),
    client.on('session-started', retryRefused),
    client.on('access-token-refreshed', retryRefused),
    client.on('connection-changed', ({ connection }) => {
      if (connection === 'online') retryRefused();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function forget(queryClient: QueryClient, isPrivate: (query: Query) => boolean): void {
  const cache = queryClient.getQueryCache();
  for (const query of cache.findAll({ predicate: isPrivate })) {
    // What is on the page keeps its observers, who would go on showing what was removed.
    if (query.getObserversCount() > 0) query.reset();
    else cache.remove(query);
  }
  // One that was paused would be sent for the other person.
  queryClient.getMutationCache().clear();
}
