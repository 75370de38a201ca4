import type { SessionErrorCode } from '../core/errors.js';
import type { AccessTokenStatus, Connection } from '../core/snapshot.js';

/** What can go wrong when a token is fetched, and what then holds. The session stays in every row. */
export interface Fault {
  /** What happens. */
  readonly name: string;
  /** The snapshot's `accessToken.error.code`, and that of calls which cannot wait. */
  readonly code: SessionErrorCode;
  readonly connection: Connection;
  /** The token's status once the last one is dead. Until then it is `fresh`. */
  readonly dead: AccessTokenStatus;
  /** When the source is asked again. */
  readonly again: 'after a back-off' | 'when the server says' | 'after a sign-in' | 'when online';
  /** What brings it back. */
  readonly cure: 'it passes' | 'a person signs in';
}

const passes = {
  connection: 'degraded',
  dead: 'expired',
  again: 'after a back-off',
  cure: 'it passes',
} as const;
const refuses = {
  connection: 'online',
  dead: 'unavailable',
  again: 'after a sign-in',
  cure: 'a person signs in',
} as const;
const named = { ...passes, again: 'when the server says' } as const;

/** Every fault that is known, and tested against a server that has it. */
export const faults: readonly Fault[] = [
  { ...passes, name: 'offline', code: 'ERR_NETWORK', connection: 'offline', again: 'when online' },
  { ...passes, name: 'connection refused', code: 'ERR_NETWORK' },
  { ...passes, name: 'unknown host', code: 'ERR_NETWORK' },
  { ...passes, name: 'no answer at all', code: 'ERR_TIMEOUT' },
  { ...passes, name: 'an answer slower than refresh.timeout', code: 'ERR_TIMEOUT' },
  { ...passes, name: 'cut in the middle of the body', code: 'ERR_NETWORK' },
  { ...passes, name: '408', code: 'ERR_TIMEOUT' },
  { ...passes, name: '429', code: 'ERR_RATE_LIMITED' },
  { ...named, name: '429, Retry-After in seconds', code: 'ERR_RATE_LIMITED' },
  { ...named, name: '429, Retry-After as a date', code: 'ERR_RATE_LIMITED' },
  { ...passes, name: '500', code: 'ERR_SERVER' },
  { ...passes, name: '502 with HTML', code: 'ERR_SERVER' },
  { ...passes, name: '503', code: 'ERR_SERVER' },
  { ...passes, name: 'a captive portal: 200 with HTML', code: 'ERR_BAD_RESPONSE' },
  { ...passes, name: 'a proxy: 403 with HTML', code: 'ERR_BAD_RESPONSE' },
  { ...passes, name: 'an empty body', code: 'ERR_BAD_RESPONSE' },
  { ...passes, name: 'wrong types', code: 'ERR_BAD_RESPONSE' },
  { ...passes, name: 'broken JSON', code: 'ERR_BAD_RESPONSE' },
  { ...passes, name: 'temporarily_unavailable', code: 'ERR_SERVER' },
  { ...passes, name: 'invalid_client', code: 'ERR_BAD_RESPONSE' },
  { ...refuses, name: 'invalid_grant', code: 'ERR_REFRESH_FAILED' },
  { ...refuses, name: 'interaction_required', code: 'ERR_LOGIN_REQUIRED' },
];
