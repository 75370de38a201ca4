'use client';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useSessionClient } from '../react/context.js';

/** A smaller difference may be rounding: the `Date` header has whole seconds (ms). */
const tolerance = 1_500;

/** How far the server's clock, as far as it is known, is ahead of the device's clock. */
export function ClockDifference(): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const readDifference = (): number => Math.round((client.now() - Date.now()) / 1_000) * 1_000;
  const difference = useSyncExternalStore(client.subscribe, readDifference, () => 0);
  if (Math.abs(difference) < tolerance) return 'same as this device’s';
  return `${Math.abs(difference) / 1_000} s ${difference > 0 ? 'ahead of' : 'behind'} this device’s`;
}
