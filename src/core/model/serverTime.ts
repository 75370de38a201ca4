import type { AccessToken, Instant } from '../types.js';
import { type Clock, learnServerTime, serverNow } from './clock.js';
import { noneAhead, shiftToken } from './facts.js';
import { mapValues } from './mapValues.js';
import { changeRequest } from './requests.js';
import type { Draft } from './state.js';

/** The server has told its time: `latest` is the latest that it can be (epoch ms), `tolerance` in ms. */
export function learn(s: Draft, latest: Instant, tolerance: number): void {
  const { uncertainty, isServerTime } = s.clock;
  const { clock, takenBack } = learnServerTime(s.clock, latest, tolerance);
  s.clock = clock;
  if (takenBack === 0 || !uncertainty) return;
  // The wall clock was set forward. What was dated by it since then is late by as much; before the server's
  // first answer it may also have been wrong from the start and the sleep real: no token may look younger.
  const since = isServerTime ? uncertainty.since : Number.NEGATIVE_INFINITY;
  s.tokens = mapValues(s.tokens, (fact) =>
    fact.issuedAt < since ? fact : shiftToken(fact, -takenBack),
  );
  takeBackInstants(s);
}

/** What is past cannot lie ahead, and what was put off is due. */
function takeBackInstants(s: Draft): void {
  const past = (at: number): number => Math.min(at, s.clock.device);
  for (const [key, { triedAt }] of Object.entries(s.requests)) {
    changeRequest(s, key, { retryAt: 0, notBefore: 0, triedAt: past(triedAt) });
  }
  s.calls = s.calls.map((call) => ({ ...call, since: past(call.since) }));
  s.activeAt = past(s.activeAt);
  s.syncedAt = past(s.syncedAt);
  s.clearedAt = past(s.clearedAt);
  s.assertedAt = past(s.assertedAt);
  s.dispute = s.dispute && { ...s.dispute, at: past(s.dispute.at) };
  s.signIn = s.signIn && noneAhead(s.signIn, s.clock.device);
  if (s.verification.kind === 'session') s.verification = { kind: 'session', notBefore: 0 };
}

/** A token that the source has issued, and how it was asked for. */
export interface TokenAnswer {
  readonly token: AccessToken;
  /** It was asked for a new one. */
  readonly isForced: boolean;
  /** How long the answer took (ms). */
  readonly roundTrip: number;
}

/**
 * No token is issued in the future, and one that was made for us just now cannot be expired. Returns the
 * token with its end by the corrected clock.
 */
export function learnFromToken(s: Draft, { token, isForced, roundTrip }: TokenAnswer): AccessToken {
  const { issuedAt, expiresAt } = token;
  const before = serverNow(s.clock);
  if (issuedAt === undefined || !tellsTime(s.clock, token, isForced)) return token;
  learn(s, issuedAt + 1_000 + roundTrip, 1_000 + roundTrip);
  const ahead = before - serverNow(s.clock);
  // An end that looked past was dated by the server, any other by our clock as it was.
  if (expiresAt === undefined || ahead <= 0 || expiresAt <= before) return token;
  return { ...token, expiresAt: expiresAt - ahead };
}

function tellsTime(
  clock: Clock,
  { issuedAt = 0, expiresAt }: AccessToken,
  isForced: boolean,
): boolean {
  const now = serverNow(clock);
  if (issuedAt > now) return true;
  if (!isForced) return false;
  const { uncertainty, offset, isServerTime } = clock;
  const isSinceSleep = uncertainty !== null && issuedAt >= uncertainty.since + offset - 1_000;
  const isExpired = expiresAt !== undefined && expiresAt <= now;
  return isSinceSleep || (isExpired && !isServerTime);
}
