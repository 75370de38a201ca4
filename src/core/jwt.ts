import { jwtDecode } from 'jwt-decode';
import { omitUndefined } from './omitUndefined.js';
import type { Instant } from './types.js';

/** The dates of a JWT (RFC 7519 §4.1), in epoch ms. */
export interface JwtDates {
  expiresAt?: Instant;
  issuedAt?: Instant;
}

/** A greater number is not in seconds but in milliseconds: as seconds it is the year 5138. */
const secondsCeiling = 100_000_000_000;

/** The dates in a JWT; none for an opaque token, and without invalid dates. */
export function readJwtDates(token: string): JwtDates {
  const claims = readJwtClaims(token);
  const expiresAt = toInstant(claims['exp']);
  const issuedAt = toInstant(claims['iat']);
  return omitUndefined({ expiresAt, issuedAt });
}

/** The claims of a JWT, which are not verified; none for an opaque token. */
export function readJwtClaims(token: string): Record<string, unknown> {
  try {
    return Object(jwtDecode(token)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** A NumericDate (RFC 7519 §2) in epoch ms; `undefined` if it is invalid, for example in milliseconds. */
export function toInstant(numericDate: unknown): Instant | undefined {
  if (typeof numericDate !== 'number' || !(numericDate > 0)) return undefined;
  return numericDate < secondsCeiling ? numericDate * 1_000 : undefined;
}
