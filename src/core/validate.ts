import { SessionError } from './errors.js';
import { readJwtDates } from './jwt.js';
import { omitUndefined } from './omitUndefined.js';
import type { AccessToken, Instant, Session } from './types.js';

/** No sign-in lasts longer; a date beyond it is a mistake of units (ms). */
const tenYears = 315_360_000_000;
/** An instant below this is not in milliseconds (it would be in 1973). */
const millisecondsFloor = 100_000_000_000;
/** A server states its time in whole seconds (ms). */
const clockTolerance = 1_000;
/** A header beyond this is refused by every known server (characters). */
const longestToken = 100_000;
/** Any other character in a header makes `fetch` throw, and quote it. */
const visibleAscii = /^[\x21-\x7e]+$/;

/** A source's answer to "who is signed in?", checked and copied to plain data. Throws `ERR_BAD_RESPONSE`. */
export function readSession(answer: unknown, now: Instant, source: string): Session | null {
  if (answer === null) return null;
  const { user, startedAt, expiresAt, authenticatedAt, acr } = Object(answer) as Partial<Session>;
  if (typeof user?.sub !== 'string' || user.sub === '') {
    throw bad(source, 'getSession() answered without { user: { sub } }, and not with null either');
  }
  const dates = { startedAt, expiresAt, authenticatedAt };
  checkInstants(source, dates, now);
  if (acr !== undefined && typeof acr !== 'string') throw bad(source, 'acr is not text');
  return { user: plainCopy(user, source), ...omitUndefined({ ...dates, acr }) };
}

/** A source's answer to "an access token, please", checked and copied. Throws `ERR_BAD_RESPONSE`. */
export function readAccessToken(answer: unknown, now: Instant, source: string): AccessToken {
  const token = Object(answer) as Partial<AccessToken>;
  const { value, expiresAt, issuedAt, refreshableWithin, audience, scope, tokenType, sub } = token;
  if (typeof value !== 'string' || value.length > longestToken || !visibleAscii.test(value)) {
    throw bad(source, 'getAccessToken() answered without { value }, the token as visible ASCII');
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
 * While the source was asked, the server has told that the clock is `takenBack` ms ahead: an expiry that the
 * source computed from it before is late by as much. A date in the token itself is the server's own.
 */
export function correctExpiry(token: AccessToken, takenBack: number): AccessToken {
  const { value, expiresAt } = token;
  if (expiresAt === undefined || takenBack < clockTolerance) return token;
  const { expiresAt: stated = 0 } = readJwtDates(value);
  return expiresAt <= stated ? token : { ...token, expiresAt: expiresAt - takenBack };
}

/** Functions, proxies and classes in claims could not be sent to other tabs. */
function plainCopy<Value>(value: Value, source: string): Value {
  try {
    return JSON.parse(JSON.stringify(value)) as Value;
  } catch {
    throw bad(source, 'the claims of the user cannot be written as JSON');
  }
}

function checkInstants(source: string, instants: Record<string, unknown>, now: Instant): void {
  for (const [field, value] of Object.entries(instants)) {
    if (value === undefined) continue;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw bad(source, `${field} is not a number of epoch milliseconds`);
    }
    if (value < millisecondsFloor) {
      throw bad(source, `${field} is ${value}, which looks like seconds; multiply it by 1000`);
    }
    if (value > now + tenYears) {
      throw bad(source, `${field} lies more than ten years ahead; check its unit`);
    }
  }
}

function bad(source: string, what: string): SessionError {
  return new SessionError('ERR_BAD_RESPONSE', `The source "${source}": ${what}.`);
}
