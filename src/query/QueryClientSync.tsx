'use client';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSessionClient } from '../react/context.js';
import { type SyncQueryClientOptions, syncQueryClient } from './syncQueryClient.js';

export interface QueryClientSyncProps extends Pick<SyncQueryClientOptions, 'isPrivate'> {
  /** Default: the client of the nearest `QueryClientProvider`. */
  queryClient?: QueryClient;
}

/**
 * Runs `syncQueryClient()` while mounted; renders nothing.
 * Throws a `TypeError` without a `SessionProvider`, and an `Error` without a `QueryClient`.
 */
export function QueryClientSync({ isPrivate, queryClient }: QueryClientSyncProps): null {
  const client = useSessionClient('<QueryClientSync>');
  const appQueryClient = useQueryClient(queryClient);
  const latest = useRef(isPrivate);
  useEffect(() => {
    latest.current = isPrivate;
  }, [isPrivate]);
  useEffect(
    () =>
      syncQueryClient({
        client,
        queryClient: appQueryClient,
        isPrivate: (query) => latest.current?.(query) ?? true,
      }),
    [client, appQueryClient],
  );
  return null;
}
