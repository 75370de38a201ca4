import type { AccessToken, Instant } from './types.js';

/** The part of a token's life in which it is refreshed: from 0, its beginning, to 1, its end. */
export type RefreshWindow = readonly [from: number, to: number];

/** The instant at which this very token is refreshed; `random` is in [0, 1). */
export function drawRefresh(
  { expiresAt, refreshableWithin }: AccessToken,
  issuedAt: Instant,
  [from, to]: RefreshWindow,
  random: number,
): Instant {
  if (expiresAt === undefined) return Number.POSITIVE_INFINITY;
  const drawn = issuedAt + (from + random * (to - from)) * (expiresAt - issuedAt);
  if (refreshableWithin === undefined) return drawn;
  // Before, it would be the same again. In the first half of what is left, with time to spare.
  return Math.max(drawn, expiresAt - refreshableWithin * (1 - random / 2));
}
