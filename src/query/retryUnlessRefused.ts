import { SessionError } from '../core/errors.js';

const mostRetries = 3;

/**
 * For the `retry` of queries: three times, as TanStack Query does in a browser, but not where a
 * person has to do something first, say sign in, or where another has signed in since.
 * @example new QueryClient({ defaultOptions: { queries: { retry: retryUnlessRefused } } })
 */
export function retryUnlessRefused(failureCount: number, error: unknown): boolean {
  if (error instanceof SessionError && !error.retryable) return false;
  return failureCount < mostRetries;
}
