import type { MessageKey } from '../errorMessages.js';
import type { SessionError } from '../errors.js';
import type { AuthRequirement, Session } from '../types.js';
import type { Clock } from './clock.js';
import type { Reading } from './config.js';
import type { Facts } from './facts.js';
import { nextStamp, type Stamp } from './stamp.js';
import type { Decision } from './waitingCalls.js';

/** One request to the source: `'session'`, `'extend'`, `'clear'`, or a token's key. */
export interface Request {
  /** An answer to an earlier attempt is dropped. */
  readonly attempt: number;
  readonly isRunning: boolean;
  /** Something asked for it; it runs once. */
  readonly isRequested: boolean;
  /** Failures in a row, the latest one, when it is repeated (`Infinity`: not by itself), when it was last started. */
  readonly failures: number;
  readonly error: SessionError | null;
  readonly retryAt: number;
  readonly triedAt: number;
  /** Refresh throttle: answers in a row that did not move the expiry, and the earliest next refresh. */
  readonly stalls: number;
  readonly notBefore: number;
  /** How many have the token in use. */
  readonly users: number;
}

/** A call that waits; equal calls share one entry. */
export interface Call {
  readonly id: string;
  readonly kind: 'token' | 'session' | 'extension' | 'step-up';
  /** The key of the request that it waits for. */
  readonly key: string;
  /** For whom; `null`: for the user who is signed in first. */
  readonly user: string | null;
  /** How long the token must stay valid (ms). */
  readonly minValidity: number;
  /** Only an answer or a token with a later stamp will do; `null`: any. */
  readonly after: Stamp | null;
  /** Whether the user may be asked to sign in. */
  readonly mayAskUser: boolean;
  /** When it was made. */
  readonly since: number;
  readonly requirement: AuthRequirement | null;
  /** Decided from outside: by an error, or by a sign-in that met the requirement. */
  readonly outcome: MessageKey | 'met' | null;
}

/** A call that is decided, for the shell to settle. */
export interface SettledCall {
  readonly id: string;
  readonly decision: Decision;
}

/**
 * What the user is doing here. `signed-in`: a sign-in is done, and the source has not said yet whose it
 * is. `since`: the latest stamp when it began.
 */
export interface Act {
  readonly kind: 'none' | 'signing-in' | 'signed-in' | 'signing-out';
  readonly id: number;
  readonly since: Stamp;
}

/**
 * Whether the source has to be asked before a passed deadline is believed. `session`: it has to be, from
 * `notBefore` on. `token`: it was, and only our own clock says that the time is up, so a new token is
 * asked for the date of its issue.
 */
export type Verification =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly notBefore: number }
  | { readonly kind: 'token'; readonly attempts: number };

/** The own source contradicts the sign-in that another tab published. */
export interface Dispute {
  /** Contradictions in a row, and when the latest was (device time). */
  readonly count: number;
  readonly at: number;
}

/** All that a client knows. Plain and immutable; the instants in it are device time. */
export interface State extends Facts {
  readonly tab: string;
  readonly clock: Clock;
  readonly reading: Reading;
  /** The latest stamp that was seen, and that of the newest token. */
  readonly latest: Stamp;
  readonly newestToken: Stamp;

  readonly isRunning: boolean;
  /** The page is frozen, or kept for "back". */
  readonly isSuspended: boolean;
  /** The other tabs are being asked for their facts, and when that last began. */
  readonly isSyncing: boolean;
  readonly syncedAt: number;

  /** The own source has said who is signed in, or a server rendered it. */
  readonly isAnswered: boolean;
  /** Its latest answer: the user, or `null` if no user is signed in. */
  readonly own: { readonly user: string | null; readonly stamp: Stamp } | null;
  /** The sign-in that it has confirmed. */
  readonly confirmed: Stamp;
  readonly dispute: Dispute | null;
  /** When another tab last said that this sign-in is open. */
  readonly assertedAt: number;
  /** A sign-in of other tabs that the own source denies for good: it is not taken over, and nothing is published. */
  readonly detachedFrom: Stamp;
  readonly verification: Verification;
  /** The session that this page showed last, also after its end. */
  readonly shown: Session | null;
  /** The end that the source was told of, so that it keeps no credentials, and when that was. */
  readonly cleared: Stamp;
  readonly clearedAt: number;
  /** When the user was last sent to sign in, by any page of this browser. */
  readonly loginStartedAt: Stamp;

  readonly requests: Readonly<Record<string, Request>>;
  /** The latest request failed, and none has succeeded since. */
  readonly isFailing: boolean;
  readonly act: Act;
  readonly activeAt: number;
  readonly prompts: { readonly login: number; readonly expiry: number };
  readonly calls: readonly Call[];
  /** By the latest input. */
  readonly settled: readonly SettledCall[];
  /** The latest sleep (ms), and how many there were. */
  readonly slept: number;
  readonly sleeps: number;
}

export const longAgo: number = Number.NEGATIVE_INFINITY;

export const idleRequest: Request = {
  attempt: 0,
  isRunning: false,
  isRequested: false,
  failures: 0,
  error: null,
  retryAt: 0,
  triedAt: longAgo,
  stalls: 0,
  notBefore: 0,
  users: 0,
};

export function requestOf({ requests }: Pick<State, 'requests'>, key: string): Request {
  return requests[key] ?? idleRequest;
}

/** Whose session this page shows or showed. */
export function ownerOf({ signIn, shown }: State): string | null {
  return shown && signIn ? signIn.user : null;
}

/** A state while `update` builds it. */
export type Draft = { -readonly [Field in keyof State]: State[Field] };

/** A stamp for what is stated here and now. */
export function stampNow(s: Draft): Stamp {
  s.latest = nextStamp(s.latest, s.reading.wall, s.tab);
  return s.latest;
}
