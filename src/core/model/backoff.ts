/** The shortest and the longest time between two attempts (ms). */
const shortest = 1_000;
const longest = 60_000;
/** A server's `Retry-After` is limited to (ms). */
const longestRetryAfter = 3_600_000;

/**
 * The wait after the n-th failure in a row (ms): exponential with full jitter, so that clients that failed
 * together do not retry together. `retryAfter` is the server's `Retry-After` (ms).
 */
export function backoff(failures: number, random: number, retryAfter = 0): number {
  const ceiling = Math.min(longest, shortest * 2 ** failures);
  const wait = shortest + random * (ceiling - shortest);
  return Math.max(wait, Math.min(retryAfter, longestRetryAfter));
}
