'use client';
import { useCallback, useEffect, useMemo } from 'react';
import { tokenRequestOf } from '../core/model/accessToken.js';
import { keyOf } from '../core/shell/accessTokenCalls.js';
import type { AccessTokenState } from '../core/snapshot.js';
import type { AccessTokenRequest, GetAccessTokenOptions } from '../core/types.js';
import { useSessionClient } from './context.js';
import { useSelection } from './useSession.js';

/** The state of an access token, and the actions on it. */
export interface UseAccessTokenResult extends Omit<AccessTokenState, 'issuedAt'> {
  /** The token while it is valid, else `null`. For a request, call `getAccessToken` at that time instead. */
  token: string | null;
  /**
   * Resolves with a token that is valid at the time of the call; rejects with a `SessionError`.
   * Stable.
   */
  getAccessToken: (
    options?: Omit<GetAccessTokenOptions, keyof AccessTokenRequest>,
  ) => Promise<string>;
  /** Requests a new token now. Stable. */
  refresh: () => Promise<void>;
}

/**
 * Returns the state of an access token. While mounted, it requests the token and refreshes it before it
 * expires. Throws a `TypeError` without a `SessionProvider`.
 */
export function useAccessToken(tokenRequest: AccessTokenRequest = {}): UseAccessTokenResult {
  const client = useSessionClient('useAccessToken()');
  // Each render may pass a new object.
  const key = keyOf(tokenRequest);
  const request = useMemo(() => tokenRequestOf(key), [key]);
  useEffect(() => client.retainAccessToken(request), [client, request]);
  const read = useCallback(
    () => ({
      ...client.getAccessTokenState(request),
      token: client.peekAccessToken(request),
    }),
    [client, request],
  );
  const state = useSelection(selectVisibleState, client.subscribe, read, getInitialState);
  const getAccessToken = useCallback<UseAccessTokenResult['getAccessToken']>(
    (options) => client.getAccessToken({ ...options, ...request }),
    [client, request],
  );
  const refresh = useCallback(() => client.refresh(request), [client, request]);
  return useMemo(() => ({ ...state, getAccessToken, refresh }), [state, getAccessToken, refresh]);
}

type VisibleState = Pick<UseAccessTokenResult, 'status' | 'expiresAt' | 'error' | 'token'>;

function selectVisibleState({ status, expiresAt, error, token }: VisibleState): VisibleState {
  return { status, expiresAt, error, token };
}

/** A server requests no token. */
const initialState: VisibleState = { status: 'none', expiresAt: null, error: null, token: null };

function getInitialState(): VisibleState {
  return initialState;
}
