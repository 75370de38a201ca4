import { SessionError } from '../core/errors.js';

const maxRetries = 3;

/**
 * For the `retry` option of queries: retries three times, the default of TanStack Query in a
 * browser, but not if the user must act first, for example sign in, or if another user has signed in.
 * @example new QueryClient({ defaultOptions: { queries: { retry: retryUnlessRefused } } })
 */
export function retryUnlessRefused(failureCount: number, error: unknown): boolean {
  if (error instanceof SessionError && !error.retryable) return false;
  return failureCount < maxRetries;
}
