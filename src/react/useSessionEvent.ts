'use client';
import { useEffect, useRef } from 'react';
import type { SessionEvent, SessionEventType } from '../core/snapshot.js';
import { useSessionClient } from './context.js';

/**
 * Calls the latest `handler` for every event of `type`, without re-rendering.
 * Throws a `TypeError` without a `SessionProvider`.
 */
export function useSessionEvent<Type extends SessionEventType>(
  type: Type,
  handler: (event: Extract<SessionEvent, { type: Type }>) => void,
): void {
  const client = useSessionClient('useSessionEvent()');
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  }, [handler]);
  useEffect(() => client.on(type, (event) => latest.current(event)), [client, type]);
}
