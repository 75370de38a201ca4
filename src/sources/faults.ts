import type { SessionErrorCode } from '../core/errors.js';
import type { AccessTokenStatus, Connection } from '../core/snapshot.js';

/** A failure of a token request and its effects. The session stays `active` in every case. */
export interface Fault {
  readonly name: string;
  /** The code in the snapshot's `accessToken.error`, and of calls that do not wait. */
  readonly code: SessionErrorCode;
  readonly connection: Connection;
  /** The token's status after the last token has expired. Until then it is `fresh`. */
  readonly statusAfterExpiry: AccessTokenStatus;
  /** When the request is repeated. */
  readonly retry: 'after a back-off' | 'after Retry-After' | 'after a sign-in' | 'when online';
  /** What resolves the fault. */
  readonly recovery: 'the fault passes' | 'the user signs in';
}

const transient = {
  connection: 'degraded',
  statusAfterExpiry: 'expired',
  retry: 'after a back-off',
  recovery: 'the fault passes',
} as const;
const refusal = {
  connection: 'online',
  statusAfterExpiry: 'unavailable',
  retry: 'after a sign-in',
  recovery: 'the user signs in',
} as const;
const withRetryAfter = { ...transient, retry: 'after Retry-After' } as const;

/** All known faults. Each is tested against a server that has it. */
export const faults: readonly Fault[] = [
  {
    ...transient,
    name: 'offline',
    code: 'ERR_NETWORK',
    connection: 'offline',
    retry: 'when online',
  },
  { ...transient, name: 'connection refused', code: 'ERR_NETWORK' },
  { ...transient, name: 'unknown host', code: 'ERR_NETWORK' },
  { ...transient, name: 'no answer at all', code: 'ERR_TIMEOUT' },
  { ...transient, name: 'an answer slower than refresh.timeout', code: 'ERR_TIMEOUT' },
  { ...transient, name: 'connection closed in the middle of the body', code: 'ERR_NETWORK' },
  { ...transient, name: '408', code: 'ERR_TIMEOUT' },
  { ...transient, name: '429', code: 'ERR_RATE_LIMITED' },
  { ...withRetryAfter, name: '429, Retry-After in seconds', code: 'ERR_RATE_LIMITED' },
  { ...withRetryAfter, name: '429, Retry-After as a date', code: 'ERR_RATE_LIMITED' },
  { ...transient, name: '500', code: 'ERR_SERVER' },
  { ...transient, name: '502 with HTML', code: 'ERR_SERVER' },
  { ...transient, name: '503', code: 'ERR_SERVER' },
  { ...transient, name: 'a captive portal: 200 with HTML', code: 'ERR_BAD_RESPONSE' },
  { ...transient, name: 'a proxy: 403 with HTML', code: 'ERR_BAD_RESPONSE' },
  { ...transient, name: 'an empty body', code: 'ERR_BAD_RESPONSE' },
  { ...transient, name: 'wrong types', code: 'ERR_BAD_RESPONSE' },
  { ...transient, name: 'broken JSON', code: 'ERR_BAD_RESPONSE' },
  { ...transient, name: 'temporarily_unavailable', code: 'ERR_SERVER' },
  { ...transient, name: 'invalid_client', code: 'ERR_BAD_RESPONSE' },
  { ...refusal, name: 'invalid_grant', code: 'ERR_REFRESH_FAILED' },
  { ...refusal, name: 'interaction_required', code: 'ERR_LOGIN_REQUIRED' },
];
