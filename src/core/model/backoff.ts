/** The shortest and the longest time between two attempts (ms). */
const shortest = 1_000;
const longest = 60_000;
/** A server's `Retry-After` is honoured up to this; then the request is repeated (ms). */
const longestRetryAfter = 3_600_000;

/**
 * How long to wait after the n-th failure in a row (ms): exponential with full jitter, so that clients
 * that failed together do not come back together. `retryAfter` (ms) is the server's `Retry-After`.
 */
export function backoff(failures: number, random: number, retryAfter = 0): number {
  const ceiling = Math.min(longest, shortest * 2 ** Math.min(failures, 10));
  return Math.max(
    shortest + random * (ceiling - shortest),
    Math.min(retryAfter, longestRetryAfter),
  );
}
