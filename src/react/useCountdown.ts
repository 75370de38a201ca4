'use client';
import { useCallback, useState } from 'react';
import { toMs } from '../core/duration.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { subscribeToClock } from '../core/shell/ticker.js';
import type { Duration, Instant } from '../core/types.js';
import { useSessionClient } from './context.js';
import { useSelection } from './useSession.js';

export interface CountdownOptions {
  /** Which of the two clocks. Default `'session'`. */
  of?: 'session' | 'access-token';
  /** How often it may change. Default `'1s'`. */
  every?: Duration;
}

export interface Countdown {
  /** What is left (ms), rounded up to a whole number of `every`. */
  remaining: number;
  /** The same as a part of the whole, from 1 down to 0. */
  fraction: number;
}

/**
 * What is left of a clock, or `null` where it has no end, or on a server. Re-renders its component
 * every `every` while the page is visible; one timer serves all countdowns of a client.
 * Throws a `TypeError` without a `SessionProvider` or for a bad `every`.
 */
export function useCountdown({
  of = 'session',
  every = '1s',
}: CountdownOptions = {}): Countdown | null {
  const client = useSessionClient('useCountdown()');
  const step = toMs(every, 'useCountdown({ every })');
  const [watch] = useState(() => stopWatch(client));
  const subscribe = useCallback((listener: () => void) => watch.run(step, listener), [watch, step]);
  const select = useCallback(
    (look: Look | null) => look && countdown(client, of, step, look.now),
    [client, of, step],
  );
  return useSelection(select, subscribe, watch.read, unknown);
}

/** One look at the clock. */
interface Look {
  readonly now: Instant;
}

/** Time as of the latest look: one that went on while React draws would never agree with itself. */
function stopWatch(client: SessionClient): {
  read: () => Look;
  run: (step: number, listener: () => void) => () => void;
} {
  let latest: Look = { now: client.now() };
  return {
    read: () => latest,
    run: (step, listener) => {
      const look = (): void => {
        latest = { now: client.now() };
        listener();
      };
      const stops = [client.subscribe(look), subscribeToClock(client, step, look)];
      look();
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
  const left = Math.max(span.at - now, 0);
  const remaining = Math.ceil(left / step) * step;
  const whole = span.at - span.since;
  return { remaining, fraction: whole > 0 ? Math.min(remaining / whole, 1) : 0 };
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

function unknown(): null {
  return null;
}
