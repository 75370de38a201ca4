'use client';
import { useEffect, useState } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { subscribeToClock } from '../core/shell/ticker.js';
import type { Instant } from '../core/types.js';

/** The remaining times that are announced (ms). */
const thresholds = [120_000, 60_000, 40_000, 20_000];
/** Screen readers often skip the text of a live region that is added with its text (ms). */
const silence = 500;

/**
 * The remaining time to announce (ms): the one at the opening, in steps of ten seconds, then 2 min, 1 min, 40 s
 * and 20 s. `null` without an end, and in the first moment. Re-renders only when it changes.
 */
export function useSpokenTime(client: SessionClient, endsAt: Instant | null): number | null {
  const [spoken, setSpoken] = useState<{ endsAt: Instant; time: number } | null>(null);
  useEffect(() => {
    if (endsAt === null) return;
    const openedAt = client.now();
    const first = endsAt - openedAt;
    return subscribeToClock(client, 1_000, () => {
      const now = client.now();
      if (now - openedAt < silence) return;
      const reached = (each: number): boolean => each < first && endsAt - now <= each;
      const time = thresholds.findLast(reached) ?? Math.ceil(first / 10_000) * 10_000;
      setSpoken((last) =>
        last?.endsAt === endsAt && last.time === time ? last : { endsAt, time },
      );
    });
  }, [client, endsAt]);
  return spoken?.endsAt === endsAt ? spoken.time : null;
}
