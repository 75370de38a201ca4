import type { Query, QueryClient } from '@tanstack/react-query';
import { needsLogin, SessionError } from '../core/errors.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { forget } from './forget.js';

export interface SyncQueryClientOptions {
  client: SessionClient;
  /** The app's own. */
  queryClient: QueryClient;
  /** Whether a query holds what only the person may see. Default: every one does. */
  isPrivate?: (query: Query) => boolean;
}

/** Whose data a cache holds, also while nobody keeps it in step. */
const owners = new WeakMap<QueryClient, string>();

/**
 * Keeps the app's cache in step with who is signed in. What a person has fetched is forgotten when
 * they sign out and when another signs in, and mutations that are not done yet are neither sent again
 * nor told of; what is on the page is then fetched for the other. A session that ends under their
 * hands takes nothing away. Queries that failed by a `SessionError` are fetched again when what they
 * lacked is back. Forgotten queries fall back to the `initialData` that the app gives them, and what
 * a mounted `useMutation` shows of the past is its own: give that part of the tree a `key` of the
 * person.
 * @returns how to stop
 */
export function syncQueryClient(options: SyncQueryClientOptions): () => void {
  const { client, queryClient, isPrivate = () => true } = options;

  function heedOwner(): void {
    const { session, status } = client.getSnapshot();
    if (status === 'loading') return;
    const [former, owner] = [owners.get(queryClient), session?.user.sub];
    if (former === owner) return;
    if (former !== undefined) forget(queryClient, isPrivate);
    if (owner === undefined) owners.delete(queryClient);
    else owners.set(queryClient, owner);
    if (owner !== undefined) refetch((query) => isPrivate(query) && query.state.data === undefined);
  }

  function refetch(predicate: (query: Query) => boolean): void {
    void queryClient.invalidateQueries({ predicate }, { cancelRefetch: false });
  }

  const stops = [
    client.subscribe(heedOwner),
    client.on('session-started', () => refetch(hasFailed(isCuredBySignIn))),
    client.on('access-token-refreshed', () => refetch(hasFailed(isCuredByToken))),
    client.on('connection-changed', ({ connection }) => {
      if (connection === 'online') refetch(hasFailed(isCuredByToken));
    }),
  ];
  heedOwner();
  return () => {
    for (const stop of stops) stop();
  };
}

function hasFailed(isCured: (error: SessionError) => boolean): (query: Query) => boolean {
  return ({ state: { error } }) => error instanceof SessionError && isCured(error);
}

/** A proof that the provider would not give is asked for again by the app alone. */
function isCuredBySignIn({ code }: SessionError): boolean {
  return code !== 'ERR_STEP_UP_REQUIRED';
}

/** What a person did not want is not asked for again by itself. */
function isCuredByToken(error: SessionError): boolean {
  return error.retryable || needsLogin(error);
}
