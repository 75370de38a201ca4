'use client';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSessionClient } from '../react/context.js';
import { type SyncQueryClientOptions, syncQueryClient } from './syncQueryClient.js';

export interface QueryClientSyncProps extends Pick<SyncQueryClientOptions, 'isPrivate'> {
  /** Default: that of the nearest `QueryClientProvider`. */
  queryClient?: QueryClient;
}

/**
 * Keeps the app's cache in step with who is signed in, as `syncQueryClient()` does; shows nothing.
 * Throws a `TypeError` without a `SessionProvider`, and an `Error` without a `QueryClient`.
 */
export function QueryClientSync({ isPrivate, queryClient }: QueryClientSyncProps): null {
  const client = useSessionClient('<QueryClientSync>');
  const appQueries = useQueryClient(queryClient);
  const latest = useRef(isPrivate);
  useEffect(() => {
    latest.current = isPrivate;
  }, [isPrivate]);
  useEffect(
    () =>
      syncQueryClient({
        client,
        queryClient: appQueries,
        isPrivate: (query) => latest.current?.(query) ?? true,
      }),
    [client, appQueries],
  );
  return null;
}
