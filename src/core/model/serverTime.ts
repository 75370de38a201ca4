import type { AccessToken, Instant, Session } from '../types.js';
import { type Clock, learnServerTime, longAgo, never, serverNow } from './clock.js';
import { begunAtOf, shiftToken, withoutFuture } from './facts.js';
import { mapValues } from './records.js';
import { changeRequests } from './requests.js';
import type { Draft } from './state.js';
import { verifyWithSource } from './verification.js';

/** A provider states the issue of a token in whole seconds (ms). */
const resolution = 1_000;

/** The server has stated its time: `latest` is the latest that it can be (epoch ms), `tolerance` in ms. */
export function receiveServerTime(s: Draft, latest: Instant, tolerance: number): void {
  const { uncertainty, isServerTime } = s.clock;
  const { clock, takenBack } = learnServerTime(s.clock, latest, tolerance);
  s.clock = clock;
  if (takenBack === 0 || !uncertainty) return;
  // The wall clock was set forward, so instants since then are late. Before the server's first answer the
  // clock may also have been wrong from the start, and the sleep real: no token may look younger.
  const since = isServerTime ? uncertainty.since : longAgo;
  s.tokens = mapValues(s.tokens, (fact) =>
    fact.issuedAt < since ? fact : shiftToken(fact, -takenBack),
  );
  takeBackInstants(s);
}

/** No instant of the past is in the future, and what was postponed is due. */
function takeBackInstants(s: Draft): void {
  const past = (at: number): number => Math.min(at, s.clock.device);
  changeRequests(s, ({ triedAt }) => ({ retryAt: 0, notBefore: 0, triedAt: past(triedAt) }));
  s.calls = s.calls.map((call) => ({ ...call, since: past(call.since) }));
  for (const field of ['activeAt', 'syncedAt', 'clearedAt'] as const) s[field] = past(s[field]);
  s.own = s.own && { ...s.own, at: past(s.own.at) };
  s.conflict = s.conflict && { ...s.conflict, at: past(s.conflict.at) };
  s.signIn = s.signIn && withoutFuture(s.signIn, s.clock.device);
  if (s.verification?.kind === 'session') verifyWithSource(s);
}

/**
 * The source has stated a session, so it has begun. If a server has just answered (`isFresh`), it has not ended
 * either. A clock that contradicts this is wrong: it is set to the earliest time that is possible. Nothing is
 * learned once a server has stated its time.
 */
export function learnFromSession(s: Draft, session: Session, isFresh: boolean): void {
  const { clock } = s;
  if (clock.isServerTime) return;
  const begunAt = begunAtOf(session) ?? longAgo;
  const end = Math.min(session.expiresAt ?? never, session.idleExpiresAt ?? never);
  const now = serverNow(clock);
  const isAhead = isFresh && end <= now;
  if (begunAt <= now && !isAhead) return;
  const time = begunAt > now ? begunAt : timeBefore(s, end, begunAt);
  s.clock = { ...clock, offset: time - clock.device };
}

/** The earliest possible time, from the dates at which the sign-in began for its server and in this browser. */
function timeBefore({ clock, config, signIn }: Draft, end: Instant, begunAt: number): Instant {
  const since = clock.device - (signIn?.startedAt ?? never);
  const earliest = Math.max(begunAt, (signIn?.begunAt ?? longAgo) + since);
  if (earliest > longAgo && earliest < end) return earliest;
  // No start is known: the clock is assumed to be ahead by twice the time since the end.
  return end - Math.max(serverNow(clock) - end, config.policy.warnBefore);
}

/** A token of the source, and its request. */
export interface TokenAnswer {
  readonly token: AccessToken;
  /** Whether a new token was requested. */
  readonly isForced: boolean;
  /** How long the request took (ms). */
  readonly roundTrip: number;
}

/** Corrects the clock if the token states the time. Returns the token with its expiry by the corrected clock. */
export function learnFromToken(s: Draft, { token, isForced, roundTrip }: TokenAnswer): AccessToken {
  const { issuedAt, expiresAt } = token;
  const before = serverNow(s.clock);
  if (issuedAt === undefined || !statesTime(s.clock, token, isForced)) return token;
  const tolerance = resolution + roundTrip;
  receiveServerTime(s, issuedAt + tolerance, tolerance);
  const ahead = before - serverNow(s.clock);
  // An expiry in the past was the server's date; any other may have been computed from the wrong clock.
  if (expiresAt === undefined || ahead <= 0 || expiresAt <= before) return token;
  return { ...token, expiresAt: expiresAt - ahead };
}

/** No token is issued in the future, and one that was issued for this request cannot be expired. */
function statesTime(
  clock: Clock,
  { issuedAt = 0, expiresAt }: AccessToken,
  isForced: boolean,
): boolean {
  const now = serverNow(clock);
  if (issuedAt > now) return true;
  if (!isForced) return false;
  const { uncertainty, offset, isServerTime } = clock;
  const isSinceSleep = uncertainty !== null && issuedAt >= uncertainty.since + offset - resolution;
  const isExpired = expiresAt !== undefined && expiresAt <= now;
  return isSinceSleep || (isExpired && !isServerTime);
}
