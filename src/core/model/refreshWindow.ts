import type { AccessToken, Instant } from '../types.js';
import { never } from './clock.js';

/** The part of a token's life in which it is refreshed: from 0, its issue, to 1, its expiry. */
export type RefreshWindow = readonly [from: number, to: number];

/**
 * When this token is refreshed (server time); `random` is in [0, 1). If that part of its life is over when
 * the token arrives, the same part of its remaining life is used.
 */
export function drawRefresh(
  { expiresAt, refreshableWithin }: AccessToken,
  issuedAt: Instant,
  now: Instant,
  [from, to]: RefreshWindow,
  random: number,
): Instant {
  if (expiresAt === undefined) return never;
  const part = from + random * (to - from);
  const planned = issuedAt + part * (expiresAt - issuedAt);
  const drawn = planned > now ? planned : now + part * (expiresAt - now);
  // Before, the source returns the same token; in the first half of that time, a retry is still possible.
  const possible = expiresAt - Number(refreshableWithin) * (1 - random / 2);
  return possible > drawn ? possible : drawn;
}
