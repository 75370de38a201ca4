import { SessionError } from './errors.js';
import { given } from './given.js';
import { readJwtDates } from './jwt.js';
import type { AccessToken, Instant, Session } from './types.js';

/** No sign-in lasts longer; a date beyond it is a mistake of units. */
const tenYears = 315_360_000_000;
/** An instant below this is not in milliseconds (it would be in 1973). */
const millisecondsFloor = 100_000_000_000;
/** A header beyond this is refused by every server that we know. */
const longestToken = 100_000;
/** What else is in a header makes `fetch` throw, and quote it. */
const visibleAscii = /^[\x21-\x7e]+$/;

/** A source's answer to "who is signed in?", checked once, here. Throws `ERR_BAD_RESPONSE`. */
export function readSession(answer: unknown, now: Instant, source: string): Session | null {
  if (answer === null) return null;
  const { user, startedAt, expiresAt, authenticatedAt, acr } = Object(answer) as Partial<Session>;
  if (
    typeof user !== 'object' ||
    user === null ||
    typeof user.sub !== 'string' ||
    user.sub === ''
  ) {
    throw bad(source, 'getSession() answered without { user: { sub } }, and not with null either');
  }
  checkInstant(source, 'startedAt', startedAt, now);
  checkInstant(source, 'expiresAt', expiresAt, now);
  checkInstant(source, 'authenticatedAt', authenticatedAt, now);
  if (acr !== undefined && typeof acr !== 'string') throw bad(source, 'acr is not text');
  return answer as Session;
}

/** A source's answer to "an access token, please", checked once, here. Throws `ERR_BAD_RESPONSE`. */
export function readAccessToken(answer: unknown, now: Instant, source: string): AccessToken {
  const token = Object(answer) as Partial<AccessToken>;
  const { value } = token;
  if (typeof value !== 'string' || value.length > longestToken || !visibleAscii.test(value)) {
    throw bad(source, 'getAccessToken() answered without { value }, the token as visible ASCII');
  }
  checkInstant(source, 'expiresAt', token.expiresAt, now);
  checkInstant(source, 'issuedAt', token.issuedAt, now);
  if (token.expiresAt !== undefined) return token as AccessToken;
  const { expiresAt, issuedAt } = readJwtDates(value);
  if (expiresAt === undefined || expiresAt > now + tenYears) return token as AccessToken;
  return { ...(token as AccessToken), expiresAt, ...given({ issuedAt }) };
}

function checkInstant(source: string, field: string, value: unknown, now: Instant): void {
  if (value === undefined) return;
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

function bad(source: string, what: string): SessionError {
  return new SessionError('ERR_BAD_RESPONSE', `The source "${source}": ${what}.`);
}
