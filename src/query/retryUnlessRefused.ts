import { SessionError } from '../core/errors.js';

const mostRetries = 3;

/**
 * For the `retry` of queries and mutations: three times, as by default, but not where a person has
 * to do something first, say sign in, or where another has signed in since.
 * @example new QueryClient({ defaultOptions: { queries: { retry: retryUnlessRefused } } })
 */
export function retryUnlessRefused(failureCount: number, error: unknown): boolean {
  if (error instanceof SessionError && !error.retryable) return false;
  return failureCount < mostRetries;
}
