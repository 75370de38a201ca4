import { toInstant } from '../core/jwt.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { Session } from '../core/types.js';

export interface ProfileOptions {
  /** The claim that says when the session began (s since the epoch). Default: none. */
  sessionStartClaim?: string | undefined;
  /** The claim that says when the session ends, even if the user is active (s since the epoch). Default: none. */
  sessionEndClaim?: string | undefined;
}

/** Reads the session from the user's claims. The types of the values are validated by the core. */
export function readProfile(
  claims: Record<string, unknown>,
  { sessionStartClaim = '', sessionEndClaim = '' }: ProfileOptions = {},
): Session {
  const { auth_time, acr } = claims;
  return {
    user: claims as Session['user'],
    ...omitUndefined({
      startedAt: toMilliseconds(claims[sessionStartClaim]),
      expiresAt: toMilliseconds(claims[sessionEndClaim]),
      authenticatedAt: toInstant(auth_time),
      acr: acr as string | undefined,
    }),
  };
}

/** Seconds to ms; `NaN` if the value is not a number. */
export function toMilliseconds(seconds: unknown): number | undefined {
  if (seconds === undefined) return undefined;
  return typeof seconds === 'number' ? seconds * 1_000 : Number.NaN;
}
