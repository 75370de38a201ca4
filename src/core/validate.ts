import { SessionError } from './errors.js';
import { readJwtDates } from './jwt.js';
import { omitUndefined } from './omitUndefined.js';
import type { AccessToken, Instant, Session, UserClaims } from './types.js';

/** A date that lies further ahead has the wrong unit (ms). */
const tenYears = 315_360_000_000;
/** A smaller instant is not in milliseconds: as milliseconds it is before March 1973. */
const millisecondsFloor = 100_000_000_000;
/** The resolution of a server's time (ms). */
const clockTolerance = 1_000;
/** Every known server refuses a longer header (characters). */
const longestToken = 100_000;
/** For another character in a header, `fetch` throws an error that quotes the header. */
const visibleAscii = /^[\x21-\x7e]+$/;

/** The claims that `UserClaims` types as text. */
const textClaims =
  'name given_name family_name nickname preferred_username email picture locale'.split(' ');

/** Checks a session and copies it to plain data. Throws a `SessionError`, `ERR_BAD_RESPONSE`, if it is invalid. */
export function readSession(answer: unknown, now: Instant, source: string): Session | null {
  if (answer === null) return null;
  const { user, startedAt, expiresAt, idleExpiresAt, authenticatedAt, acr } = Object(
    answer,
  ) as Partial<Session>;
  if (typeof user?.sub !== 'string' || user.sub === '') {
    throw bad(source, 'getSession() returned neither null nor { user: { sub } }');
  }
  const dates = { startedAt, expiresAt, idleExpiresAt, authenticatedAt };
  checkInstants(source, dates, now);
  if (acr !== undefined && typeof acr !== 'string') throw bad(source, 'acr is not text');
  return { user: readClaims(user, source), ...omitUndefined({ ...dates, acr }) };
}

/** Checks an access token and copies it. Throws a `SessionError`, `ERR_BAD_RESPONSE`, if it is invalid. */
export function readAccessToken(answer: unknown, now: Instant, source: string): AccessToken {
  const token = Object(answer) as Partial<AccessToken>;
  const { value, expiresAt, issuedAt, refreshableWithin, audience, scope, tokenType, sub } = token;
  if (typeof value !== 'string' || value.length > longestToken || !visibleAscii.test(value)) {
    throw bad(source, 'getAccessToken() returned no { value } in visible ASCII');
  }
  if (sub !== undefined && typeof sub !== 'string') throw bad(source, 'sub is not text');
  checkInstants(source, { expiresAt, issuedAt }, now);
  const fields = { expiresAt, issuedAt, refreshableWithin, audience, scope, tokenType, sub };
  const read = { value, ...omitUndefined(fields) };
  if (expiresAt !== undefined) return read;
  const dates = readJwtDates(value);
  if (dates.expiresAt === undefined || dates.expiresAt > now + tenYears) return read;
  return { ...read, ...dates };
}

/**
 * Corrects an expiry that the source computed from a clock that was `takenBack` ms ahead, as the `Date`
 * header of its own request has shown. An expiry in the token itself is server time, and is kept.
 */
export function correctExpiry(token: AccessToken, takenBack: number): AccessToken {
  const { value, expiresAt } = token;
  if (expiresAt === undefined || takenBack < clockTolerance) return token;
  const { expiresAt: stated = 0 } = readJwtDates(value);
  return expiresAt <= stated ? token : { ...token, expiresAt: expiresAt - takenBack };
}

/** A plain copy, because functions, proxies and class instances in claims cannot be sent to other tabs. */
function readClaims(user: UserClaims, source: string): UserClaims {
  try {
    const claims = JSON.parse(JSON.stringify(user)) as UserClaims;
    for (const claim of textClaims) if (typeof claims[claim] !== 'string') delete claims[claim];
    return claims;
  } catch {
    throw bad(source, 'the claims of the user cannot be written as JSON');
  }
}

function checkInstants(source: string, instants: Record<string, unknown>, now: Instant): void {
  for (const [field, value] of Object.entries(instants)) {
    if (value === undefined) continue;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw bad(source, `${field} is not a number of milliseconds`);
    }
    if (value < millisecondsFloor) {
      throw bad(source, `${field} is ${value}, which looks like seconds. Multiply it by 1000`);
    }
    if (value > now + tenYears) {
      throw bad(source, `${field} lies more than ten years ahead. Check its unit`);
    }
  }
}

function bad(source: string, what: string): SessionError {
  return new SessionError('ERR_BAD_RESPONSE', `The source "${source}": ${what}.`);
}
