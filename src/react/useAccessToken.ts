'use client';
import { useCallback, useEffect, useMemo } from 'react';
import { omitUndefined } from '../core/omitUndefined.js';
import type { AccessTokenState } from '../core/snapshot.js';
import type { AccessTokenRequest, GetAccessTokenOptions } from '../core/types.js';
import { useSessionClient } from './context.js';
import { useSelection } from './useSession.js';

/** An access token in use. */
export interface UsedAccessToken extends Omit<AccessTokenState, 'issuedAt'> {
  /** The token while it is alive, else `null`. For a request, call `getAccessToken` at that time instead. */
  token: string | null;
  /** A token that is valid at the time of the call. Stable. */
  getAccessToken: (options?: Omit<GetAccessTokenOptions, 'audience' | 'scope'>) => Promise<string>;
  /** Asks for a new one now. Stable. */
  refresh: () => Promise<void>;
}

/**
 * Puts an access token in use: fetched on mount, refreshed in its window, shown with its clock.
 * Throws a `TypeError` without a `SessionProvider`.
 */
export function useAccessToken({ audience, scope }: AccessTokenRequest = {}): UsedAccessToken {
  const client = useSessionClient('useAccessToken()');
  const request = useMemo(() => omitUndefined({ audience, scope }), [audience, scope]);
  useEffect(() => client.retainAccessToken(request), [client, request]);
  const read = useCallback(
    () => ({
      ...client.getAccessTokenState(request),
      token: client.peekAccessToken(request),
    }),
    [client, request],
  );
  const shown = useSelection(withoutIssue, client.subscribe, read, nothing);
  const getAccessToken = useCallback<UsedAccessToken['getAccessToken']>(
    (options) => client.getAccessToken({ ...options, ...request }),
    [client, request],
  );
  const refresh = useCallback(() => client.refresh(request), [client, request]);
  return useMemo(() => ({ ...shown, getAccessToken, refresh }), [shown, getAccessToken, refresh]);
}

type Shown = Pick<UsedAccessToken, 'status' | 'expiresAt' | 'error' | 'token'>;

function withoutIssue({ status, expiresAt, error, token }: Shown): Shown {
  return { status, expiresAt, error, token };
}

const onServer: Shown = { status: 'none', expiresAt: null, error: null, token: null };

function nothing(): Shown {
  return onServer;
}
