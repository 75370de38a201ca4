import { type QueryClient, type QueryKey, replaceEqualDeep } from '@tanstack/react-query';
import type { SessionClient } from '../core/shell/sessionClient.js';

export type SessionQueryKey = readonly ['session-clock', 'session', name: string];

export function sessionQueryKey(client: SessionClient): SessionQueryKey {
  return ['session-clock', 'session', client.name];
}

/** The query of `sessionQueryOptions()`: it follows the client, and is neither removed nor persisted. */
export function isSessionQuery({ queryKey: [owner, name] }: { queryKey: QueryKey }): boolean {
  return owner === 'session-clock' && name === 'session';
}

/** Sets the client's session as the data of its query. Returns whether the cache has that query. */
export function updateSessionQuery(client: SessionClient, queryClient: QueryClient): boolean {
  const queryKey = sessionQueryKey(client);
  const query = queryClient.getQueryState(queryKey);
  if (!query) return false;
  const { data } = query;
  const { status, session } = client.getSnapshot();
  if (status !== 'loading' && replaceEqualDeep(data, session) !== data) {
    queryClient.setQueryData(queryKey, session);
  }
  return true;
}
