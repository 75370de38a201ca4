import { jwtDecode } from 'jwt-decode';
import { omitUndefined } from './omitUndefined.js';
import type { Instant } from './types.js';

/** The dates of a JWT (RFC 7519 §4.1), in epoch ms. */
export interface JwtDates {
  expiresAt?: Instant;
  issuedAt?: Instant;
}

/** Beyond this, a number of "seconds" can only be milliseconds (it would be the year 5138). */
const secondsCeiling = 100_000_000_000;

/** What a token says of its own dates; nothing for an opaque token or for dates that are no dates. */
export function readJwtDates(token: string): JwtDates {
  const claims = readJwtClaims(token);
  const expiresAt = toInstant(claims['exp']);
  const issuedAt = toInstant(claims['iat']);
  return omitUndefined({ expiresAt, issuedAt });
}

/** A JWT's claims, unverified; none for an opaque token. */
export function readJwtClaims(token: string): Record<string, unknown> {
  try {
    return Object(jwtDecode(token)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** A NumericDate in epoch ms; nothing for what is none, be it text, or milliseconds by mistake. */
export function toInstant(numericDate: unknown): Instant | undefined {
  if (typeof numericDate !== 'number' || !(numericDate > 0)) return undefined;
  return numericDate < secondsCeiling ? numericDate * 1_000 : undefined;
}
