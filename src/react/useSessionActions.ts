'use client';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { useSessionClient } from './context.js';

export type SessionActions = Pick<
  SessionClient,
  'getAccessToken' | 'refresh' | 'extend' | 'login' | 'logout' | 'cancelLogin'
>;

/**
 * What can be done. Stable, and never a cause to re-render.
 * Throws a `TypeError` without a `SessionProvider`.
 */
export function useSessionActions(): SessionActions {
  return useSessionClient('useSessionActions()');
}
