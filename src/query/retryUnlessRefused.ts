import { SessionError } from '../core/errors.js';

const maxRetries = 3;

/**
 * A function for the `retry` option of queries. It retries three times, as TanStack Query does by default in a
 * browser, but not if the user must act first, for example sign in, or if another user has signed in.
 * @example new QueryClient({ defaultOptions: { queries: { retry: retryUnlessRefused } } })
 */
export function retryUnlessRefused(failureCount: number, error: unknown): boolean {
  if (error instanceof SessionError && !error.retryable) return false;
  return failureCount < maxRetries;
}
