/** The shortest and the longest time between two attempts (ms). */
const shortest = 1_000;
const longest = 60_000;
/** A server's word is heeded for so long; then it is asked whether it still means it (ms). */
const longestRetryAfter = 3_600_000;

/**
 * How long to wait after the n-th failure in a row: exponential with full jitter, so that a crowd
 * thrown out together does not come back together. A server's `Retry-After` is honoured.
 */
export function backoff(failures: number, random: number, retryAfter = 0): number {
  const ceiling = Math.min(longest, shortest * 2 ** Math.min(failures, 10));
  return Math.max(
    shortest + random * (ceiling - shortest),
    Math.min(retryAfter, longestRetryAfter),
  );
}
