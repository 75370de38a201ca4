'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { subscribeToClock } from '../core/shell/ticker.js';
import { useSessionClient } from '../react/context.js';
import { holdPresence, readTabLocks, type TabLocks } from './tabLocks.js';

/** Counts this tab for the panels of the other tabs, also while this panel is closed. */
export function usePresence(): void {
  const { name } = useSessionClient('<SessionDevtools>');
  useEffect(() => holdPresence(name), [name]);
}

/** How many tabs there are, and which one has the refresh lock. */
export function Tabs(): ReactNode {
  const client = useSessionClient('<SessionDevtools>');
  const [locks, setLocks] = useState<TabLocks | null>(null);
  useEffect(() => {
    let isMounted = true;
    const read = (): void => {
      readTabLocks(client.name).then(
        (next) => isMounted && setLocks((before) => (isSame(before, next) ? before : next)),
        () => isMounted && setLocks(null),
      );
    };
    read();
    const stop = subscribeToClock(client, '1s', read);
    return () => {
      isMounted = false;
      stop();
    };
  }, [client]);
  if (!locks) return 'unknown: the page has no Web Locks';
  const { tabs, holder, waiting } = locks;
  const lock = holder === 'none' ? 'free' : `held by ${holder}`;
  return `${tabs} with this panel; refresh lock ${lock}${waiting > 0 ? `, ${waiting} waiting` : ''}`;
}

function isSame(one: TabLocks | null, other: TabLocks | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
