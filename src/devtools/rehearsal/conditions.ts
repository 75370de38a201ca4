import { SessionError } from '../../core/errors.js';
import { readJwtDates } from '../../core/jwt.js';
import type { AccessToken, Instant, Session } from '../../core/types.js';

/** What a rehearsal simulates now. */
export interface Conditions {
  readonly isOffline: boolean;
  readonly isRateLimited: boolean;
  /** When the session ends (server time); `null`: as the source says. */
  readonly endsAt: Instant | null;
  /** How long the device slept (ms), and whether the user has signed in or stayed since. */
  readonly slept: number;
  readonly isRenewed: boolean;
  readonly isOtherUser: boolean;
}

export const noConditions: Conditions = {
  isOffline: false,
  isRateLimited: false,
  endsAt: null,
  slept: 0,
  isRenewed: false,
  isOtherUser: false,
};

/** How long a server that answers 429 asks to wait (ms). */
const retryAfter = 10_000;

/** Throws what a request would fail with. */
export function failIf({ isOffline, isRateLimited }: Conditions): void {
  const end = 'The devtools simulate it: press "Back to normal" to end it.';
  if (isOffline) throw new SessionError('ERR_NETWORK', `There is no network. ${end}`);
  if (isRateLimited) {
    throw new SessionError('ERR_RATE_LIMITED', `It answered with HTTP 429. ${end}`, { retryAfter });
  }
}

/** The session that the source would return under these conditions. `now`: server time. */
export function changeSession(
  session: Session | null,
  conditions: Conditions,
  now: Instant,
  canExtend: boolean,
): Session | null {
  const { endsAt, isOtherUser, isRenewed, slept } = conditions;
  if (!session || (endsAt !== null && now >= endsAt)) return null;
  const aged = isRenewed ? laterBy(slept, session) : session;
  const end = Math.min(aged.expiresAt ?? now + 1, aged.idleExpiresAt ?? now + 1);
  if (slept > 0 && end <= now) return null;
  const ending = endsAt === null ? aged : { ...aged, ...endAt(endsAt, aged, canExtend) };
  return isOtherUser ? { ...ending, user: otherUser(ending.user) } : ending;
}

/** The token that the source would return. A token is issued after the sleep, so it expires later by that time. */
export function changeToken(token: AccessToken, { slept, isOtherUser }: Conditions): AccessToken {
  const { expiresAt, issuedAt } = { ...readJwtDates(token.value), ...token };
  const shifted = slept === 0 ? {} : shift(slept, { expiresAt, issuedAt });
  const sub = isOtherUser && token.sub !== undefined ? { sub: subOfOther(token.sub) } : {};
  return { ...token, ...shifted, ...sub };
}

/** The end that the source can extend, if there is one. */
function endAt(
  endsAt: Instant,
  { expiresAt, idleExpiresAt }: Session,
  canExtend: boolean,
): Partial<Session> {
  const hasBoth = canExtend && expiresAt !== undefined && idleExpiresAt !== undefined;
  return hasBoth ? { idleExpiresAt: endsAt } : { expiresAt: endsAt };
}

function laterBy(ms: number, session: Session): Session {
  const { startedAt, expiresAt, idleExpiresAt, authenticatedAt } = session;
  return { ...session, ...shift(ms, { startedAt, expiresAt, idleExpiresAt, authenticatedAt }) };
}

/** Adds `ms` to the instants that there are. */
function shift(ms: number, instants: Record<string, Instant | undefined>): Record<string, Instant> {
  const known = Object.entries(instants).filter(([, at]) => at !== undefined);
  return Object.fromEntries(known.map(([name, at]) => [name, Number(at) + ms]));
}

function otherUser(user: Session['user']): Session['user'] {
  const email = 'another-user@example.org';
  return { ...user, sub: subOfOther(user.sub), name: 'Another user', email };
}

function subOfOther(sub: string): string {
  return `${sub}-other`;
}
