import { toInstant } from '../core/jwt.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { Session } from '../core/types.js';

export interface ProfileOptions {
  /** The claim that says when the session began (s since the epoch). Default: none. */
  sessionStartClaim?: string | undefined;
  /** The claim that says when the session ends, be the person active or not (s since the epoch). Default: none. */
  sessionEndClaim?: string | undefined;
}

/** The session of whoever has these claims. What is no text, no number or no date is refused by whoever asked. */
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

/** `NaN` for what is no number of seconds. */
export function toMilliseconds(seconds: unknown): number | undefined {
  if (seconds === undefined) return undefined;
  return typeof seconds === 'number' ? seconds * 1_000 : Number.NaN;
}
