import type { AccessToken, EndReason, Instant, Session } from '../types.js';
import { filterValues, mapValues } from './records.js';
import { latestStamp, type Stamp } from './stamp.js';
import type { State } from './state.js';

/** What all tabs share. Instants are device time. */
export interface Facts {
  readonly signIn: SignIn | null;
  /** By the key of the request. */
  readonly tokens: Readonly<Record<string, TokenFact>>;
}

/** One sign-in, from its start to its end. */
export interface SignIn {
  /** A later sign-in replaces an earlier one as a whole. Its tokens have later stamps. */
  readonly id: Stamp;
  /** Whether it was made while a tab was open; else a tab found it. */
  readonly isObserved: boolean;
  /** The fingerprint of the user. */
  readonly user: string;
  /** `null`: restored from storage, which contains no claims. */
  readonly session: Session | null;
  /** The stamp of the source's latest answer that changed `session`. */
  readonly sessionStamp: Stamp;
  /** The date of the sign-in that the provider states (server time); `null`: it states none. */
  readonly begunAt: Instant | null;
  /** When this browser first had it. */
  readonly startedAt: number;
  /** When it was last extended, and the stamp of that extension. */
  readonly extendedAt: number;
  readonly extendedStamp: Stamp;
  readonly end: End | null;
}

export interface End {
  readonly reason: EndReason;
  readonly stamp: Stamp;
  /** The latest extension that was known: a later one undoes an idle end. */
  readonly extendedStamp: Stamp;
}

export interface TokenFact {
  readonly stamp: Stamp;
  /** The stamp of the newest token of any tab, which that tab may not share. */
  readonly newest: Stamp;
  /** The fingerprint of its user. */
  readonly user: string;
  /** `null`: another tab has it and does not share it. */
  readonly token: AccessToken | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** When it is refreshed; the same in all tabs. */
  readonly refreshAt: number;
}

export type OpenSignIn = SignIn & { readonly session: Session };

/** When the session began, or the user last authenticated in it; `null`: it states neither. */
export function begunAtOf({ authenticatedAt = 0, startedAt = 0 }: Session): Instant | null {
  return Math.max(authenticatedAt, startedAt, 0) || null;
}

/** A sign-in that begins now. */
export function newSignIn(
  { clock, config }: Pick<State, 'clock' | 'config'>,
  session: Session,
  id: Stamp,
  isObserved = false,
): SignIn {
  const now = clock.device;
  return {
    id,
    isObserved,
    user: config.userOf(session),
    session,
    sessionStamp: id,
    begunAt: begunAtOf(session),
    startedAt: now,
    extendedAt: now,
    extendedStamp: id,
    end: null,
  };
}

/** The end of a sign-in; `null`: none, or a later extension has undone an idle end. */
export function endOf(signIn: SignIn | null): End | null {
  if (!signIn?.end) return null;
  const { end, extendedStamp } = signIn;
  return end.reason === 'idle' && extendedStamp > end.extendedStamp ? null : end;
}

/** Whether a user is signed in and the session is known. */
export function isOpen(signIn: SignIn | null): signIn is OpenSignIn {
  return signIn?.session != null && endOf(signIn) === null;
}

/** The tokens of this sign-in; none after its end. */
export function currentTokens({ signIn, tokens }: Facts): Facts['tokens'] {
  return filterValues(
    tokens,
    ({ user, stamp }) => isOpen(signIn) && user === signIn.user && stamp > signIn.id,
  );
}

/** The latest stamp in the facts. */
export function latestStampOf({ signIn, tokens }: Facts): Stamp {
  const { id, sessionStamp, extendedStamp, end } = signIn ?? {};
  return latestStamp(id, sessionStamp, extendedStamp, end?.stamp, newestToken(tokens));
}

export function newestToken(tokens: Facts['tokens']): Stamp {
  return latestStamp(...Object.values(tokens).map(({ newest }) => newest));
}

/** The stored sign-in with the instants that are known of it: a wall clock that was set back makes stored ones later. */
export function withInstantsOf(stored: SignIn, known: SignIn | null): SignIn {
  if (stored.id !== known?.id) return stored;
  const { startedAt, extendedAt, extendedStamp } = known;
  return { ...stored, startedAt, ...(stored.extendedStamp <= extendedStamp && { extendedAt }) };
}

/** The facts in the device time of another tab, which is `by` ms ahead. */
export function shiftFacts({ signIn, tokens }: Facts, by: number): Facts {
  return {
    signIn: signIn && shiftSignIn(signIn, by),
    tokens: mapValues(tokens, (fact) => shiftToken(fact, by)),
  };
}

export function shiftSignIn(signIn: SignIn, by: number): SignIn {
  const { startedAt, extendedAt } = signIn;
  return { ...signIn, startedAt: startedAt + by, extendedAt: extendedAt + by };
}

export function shiftToken(fact: TokenFact, by: number): TokenFact {
  const { issuedAt, expiresAt, refreshAt } = fact;
  return {
    ...fact,
    issuedAt: issuedAt + by,
    expiresAt: expiresAt + by,
    refreshAt: refreshAt + by,
  };
}

/** The sign-in with no instant after `now`; clocks that differ or were set can cause one. */
export function withoutFuture(signIn: SignIn, now: number): SignIn {
  const { startedAt, extendedAt } = signIn;
  return { ...signIn, startedAt: Math.min(startedAt, now), extendedAt: Math.min(extendedAt, now) };
}
