'use client';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useSessionClient } from '../react/context.js';

/** What is less comes from rounding: servers tell the time in whole seconds (ms). */
const sameTime = 1_500;

/** By how much the server's clock, as far as it is known, and this device's differ. */
export function TimeAhead(): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const look = (): number => Math.round((client.now() - Date.now()) / 1_000) * 1_000;
  const ahead = useSyncExternalStore(client.subscribe, look, () => 0);
  if (Math.abs(ahead) < sameTime) return 'as this device’s';
  return `${Math.abs(ahead) / 1_000} s ${ahead > 0 ? 'ahead of' : 'behind'} this device’s`;
}
