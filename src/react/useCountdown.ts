'use client';
import { useCallback, useState } from 'react';
import { toMs } from '../core/duration.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { subscribeToClock } from '../core/shell/ticker.js';
import type { Duration, Instant } from '../core/types.js';
import { useSessionClient } from './context.js';
import { useSelection } from './useSession.js';

export interface CountdownOptions {
  /** The lifetime to count down. Default `'session'`. */
  of?: 'session' | 'access-token';
  /** How often the countdown changes. Default `'1s'`. */
  every?: Duration;
}

export interface Countdown {
  /** The remaining time (ms), rounded up to a multiple of `every`. */
  remaining: number;
  /** The remaining time as a fraction of the lifetime, from 1 down to 0. */
  fraction: number;
}

/**
 * The remaining time of a lifetime; `null` if its end is unknown, and on a server. Re-renders its
 * component at the interval `every` while the page is visible; all countdowns of a client share one timer.
 * Throws a `TypeError` without a `SessionProvider` or for an invalid `every`.
 */
export function useCountdown({
  of = 'session',
  every = '1s',
}: CountdownOptions = {}): Countdown | null {
  const client = useSessionClient('useCountdown()');
  const step = toMs(every, 'useCountdown({ every })');
  const [time] = useState(() => createTimeStore(client));
  const subscribe = useCallback(
    (listener: () => void) => time.subscribe(step, listener),
    [time, step],
  );
  const select = useCallback(
    (reading: TimeReading | null) => reading && countdown(client, of, step, reading.now),
    [client, of, step],
  );
  return useSelection(select, subscribe, time.getReading, getServerReading);
}

interface TimeReading {
  readonly now: Instant;
}

interface TimeStore {
  getReading: () => TimeReading;
  /** `step` in ms. */
  subscribe: (step: number, listener: () => void) => () => void;
}

/**
 * The time of the latest tick. `useSyncExternalStore` re-renders for ever if its snapshot changes
 * between two reads, so the store does not read the clock itself.
 */
function createTimeStore(client: SessionClient): TimeStore {
  let latest: TimeReading = { now: client.now() };
  return {
    getReading: () => latest,
    subscribe: (step, listener) => {
      const update = (): void => {
        latest = { now: client.now() };
        listener();
      };
      const stops = [client.subscribe(update), subscribeToClock(client, step, update)];
      update();
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function countdown(
  client: SessionClient,
  of: 'session' | 'access-token',
  step: number,
  now: Instant,
): Countdown | null {
  const span = of === 'session' ? sessionSpan(client) : tokenSpan(client);
  if (!span) return null;
  const exact = Math.max(span.at - now, 0);
  const remaining = Math.ceil(exact / step) * step;
  const lifetime = span.at - span.since;
  return { remaining, fraction: lifetime > 0 ? Math.min(remaining / lifetime, 1) : 0 };
}

interface Span {
  since: Instant;
  at: Instant;
}

function sessionSpan(client: SessionClient): Span | null {
  return client.getSnapshot().deadline;
}

function tokenSpan(client: SessionClient): Span | null {
  const { issuedAt, expiresAt } = client.getSnapshot().accessToken;
  return issuedAt === null || expiresAt === null ? null : { since: issuedAt, at: expiresAt };
}

/** A server has no time to show that would still hold when the page hydrates. */
function getServerReading(): null {
  return null;
}
