import type { AccessToken, EndReason, Instant, Session } from '../types.js';
import { mapValues } from './mapValues.js';
import { latestStamp, noStamp, type Stamp } from './stamp.js';

// What all tabs agree on. The instants in it are device time.

/** One sign-in, from its beginning to its end. */
export interface SignIn {
  /** A later sign-in replaces an earlier one whole. Tokens older than it are not its tokens. */
  readonly id: Stamp;
  /** A tab saw it being made; else a tab only found it. */
  readonly isObserved: boolean;
  /** A fingerprint of the user's key. */
  readonly user: string;
  /** `null`: it is known from storage only, which holds no claims. */
  readonly session: Session | null;
  /** When the source last stated `session`. */
  readonly sessionStamp: Stamp;
  /** When the provider says that it began (server time); `null`: it does not say. */
  readonly begunAt: Instant | null;
  /** Since when this browser knows it. */
  readonly startedAt: number;
  /** When its idle time last began, and the stamp of that extension. */
  readonly extendedAt: number;
  readonly extendedStamp: Stamp;
  readonly end: End | null;
}

export interface End {
  readonly reason: EndReason;
  readonly stamp: Stamp;
  /** The extension from which an idle end was counted: a later extension refutes it. */
  readonly extendedStamp: Stamp;
}

export interface TokenFact {
  readonly stamp: Stamp;
  /** Of the newest token that any tab has, even where that tab does not share it. */
  readonly newest: Stamp;
  /** Whose token it is, as in `SignIn`. */
  readonly user: string;
  /** `null`: another tab has it and does not share it. */
  readonly token: AccessToken | null;
  /** When it was issued, and when it expires; `token.expiresAt` is the server's date. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** When it is refreshed; drawn once, the same in all tabs. */
  readonly refreshAt: number;
}

export interface Facts {
  readonly signIn: SignIn | null;
  /** By the key of the request. */
  readonly tokens: Readonly<Record<string, TokenFact>>;
}

export type OpenSignIn = SignIn & { readonly session: Session };

/** When the session began, or the user authenticated again in it, whichever is later; `null`: it does not say. */
export function begunAtOf({ authenticatedAt, startedAt }: Session): Instant | null {
  const latest = Math.max(authenticatedAt ?? 0, startedAt ?? 0);
  return latest > 0 ? latest : null;
}

export function newSignIn(
  session: Session,
  user: string,
  id: Stamp,
  isObserved: boolean,
  now: number,
): SignIn {
  return {
    id,
    isObserved,
    user,
    session,
    sessionStamp: id,
    begunAt: begunAtOf(session),
    startedAt: now,
    extendedAt: now,
    extendedStamp: id,
    end: null,
  };
}

/** How it ended. An idle end does not hold against an extension that it did not know of. */
export function endOf({ end, extendedStamp }: SignIn): End | null {
  return end?.reason === 'idle' && extendedStamp > end.extendedStamp ? null : end;
}

/** A user is signed in, and it is known who. */
export function isOpen(signIn: SignIn | null): signIn is OpenSignIn {
  return signIn?.session != null && endOf(signIn) === null;
}

/** The tokens of this sign-in; none where it has ended. */
export function currentTokens({ signIn, tokens }: Facts): Facts['tokens'] {
  const isCurrent = ([, { user, stamp }]: [string, TokenFact]): boolean =>
    isOpen(signIn) && user === signIn.user && stamp > signIn.id;
  const entries = Object.entries(tokens);
  const current = entries.filter(isCurrent);
  return current.length === entries.length ? tokens : Object.fromEntries(current);
}

/** The latest stamp in it. */
export function latestStampOf({ signIn, tokens }: Facts): Stamp {
  const { id = noStamp, sessionStamp = noStamp, extendedStamp = noStamp, end } = signIn ?? {};
  return latestStamp(id, sessionStamp, extendedStamp, end?.stamp ?? noStamp, newestToken(tokens));
}

export function newestToken(tokens: Facts['tokens']): Stamp {
  return latestStamp(...Object.values(tokens).map(({ newest }) => newest));
}

/** The same in the device time of another tab, which is `by` ms ahead. */
export function shiftFacts({ signIn, tokens }: Facts, by: number): Facts {
  const { startedAt = 0, extendedAt = 0 } = signIn ?? {};
  return {
    signIn: signIn && { ...signIn, startedAt: startedAt + by, extendedAt: extendedAt + by },
    tokens: mapValues(tokens, (fact) => shiftToken(fact, by)),
  };
}

/** Without an instant later than `now`, which clocks that differ or were set can cause. */
export function noneAhead(signIn: SignIn, now: number): SignIn {
  const { startedAt, extendedAt } = signIn;
  return { ...signIn, startedAt: Math.min(startedAt, now), extendedAt: Math.min(extendedAt, now) };
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
