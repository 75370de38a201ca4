'use client';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { useSessionClient } from './context.js';

export type SessionActions = Pick<
  SessionClient,
  'getAccessToken' | 'refresh' | 'extend' | 'login' | 'logout' | 'cancelLogin' | 'checkSession'
>;

/**
 * The actions on the session and its tokens. Stable; never causes a re-render.
 * Throws a `TypeError` without a `SessionProvider`.
 */
export function useSessionActions(): SessionActions {
  return useSessionClient('useSessionActions()');
}
