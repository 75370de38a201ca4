import type { AccessToken, Instant } from '../types.js';

/** The part of a token's life in which it is refreshed: from 0, its beginning, to 1, its end. */
export type RefreshWindow = readonly [from: number, to: number];

/**
 * The instant at which this token is refreshed (server time); `random` is in [0, 1). A token that is past
 * that instant when it comes is refreshed in the same part of what is left of its life.
 */
export function drawRefresh(
  { expiresAt, refreshableWithin }: AccessToken,
  issuedAt: Instant,
  now: Instant,
  [from, to]: RefreshWindow,
  random: number,
): Instant {
  if (expiresAt === undefined) return Number.POSITIVE_INFINITY;
  const part = from + random * (to - from);
  const planned = issuedAt + part * (expiresAt - issuedAt);
  const drawn = planned > now ? planned : now + part * (expiresAt - now);
  // Earlier, the source would return the same token; in the first half of what is left, there is time to spare.
  const possible = expiresAt - Number(refreshableWithin) * (1 - random / 2);
  return possible > drawn ? possible : drawn;
}
