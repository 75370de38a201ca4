'use client';
import { useEffect, useInsertionEffect, useRef, version } from 'react';

const [major = 0, minor = 0] = version.split('.').map(Number);
const hasActivity = major > 19 || (major === 19 && minor > 1);

/**
 * `<Activity>` runs the cleanups of effects when it hides a tree, and only that of an insertion effect when the
 * tree is unmounted. A React without `<Activity>` runs no insertion cleanup for a suspended tree.
 */
const useUnmountEffect = hasActivity ? useInsertionEffect : useEffect;

/**
 * Calls `start` after the first render that is shown, and the function that it returns when the component is
 * unmounted, not while `<Activity>` hides it. `start` must be stable.
 */
export function useWhileMounted(start: () => () => void): void {
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => {
    stop.current ??= start();
  }, [start]);
  useUnmountEffect(
    () => () => {
      stop.current?.();
      stop.current = null;
    },
    [start],
  );
}
