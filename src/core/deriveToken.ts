import type { SessionError } from './errors.js';
import type { AccessTokenState } from './snapshot.js';
import type { AccessToken, Instant } from './types.js';

/** What is known of one access token. */
export interface TokenFact {
  readonly token: AccessToken | null;
  /** When its life began. */
  readonly issuedAt: Instant;
  readonly fetching: boolean;
  /** Why the latest attempt failed; `null` when it did not. */
  readonly error: SessionError | null;
}

/** One token's state, and when it changes by itself. */
export function deriveToken(
  fact: TokenFact,
  now: Instant,
): { state: AccessTokenState; wakeAt: Instant } {
  const { token, error } = fact;
  const expiresAt = token?.expiresAt ?? null;
  const alive = isAlive(token, now);
  return {
    state: {
      status: tokenStatus(fact, alive),
      expiresAt,
      issuedAt: token ? fact.issuedAt : null,
      error,
    },
    wakeAt: alive && expiresAt !== null ? expiresAt : Number.POSITIVE_INFINITY,
  };
}

function tokenStatus(
  { token, fetching, error }: TokenFact,
  alive: boolean,
): AccessTokenState['status'] {
  if (alive) return fetching ? 'refreshing' : 'fresh';
  if (fetching) return token ? 'expired' : 'fetching';
  if (error && !error.retryable) return 'unavailable';
  if (token) return 'expired';
  return error ? 'unavailable' : 'none';
}

/** Whether a token may still be used; an undated one may, until an API refuses it. */
export function isAlive(token: AccessToken | null, now: Instant): boolean {
  return token !== null && (token.expiresAt === undefined || now < token.expiresAt);
}
