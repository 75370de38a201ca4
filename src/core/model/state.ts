import type { SessionError } from '../errors.js';
import type { AuthRequirement, EndReason, Session } from '../types.js';
import { type Clock, longAgo } from './clock.js';
import type { Config, Reading } from './config.js';
import type { Decision } from './decision.js';
import type { Facts } from './facts.js';
import { nextStamp, type Stamp } from './stamp.js';

/** The state of a client. Plain and immutable; instants are device time. */
export interface State extends Facts {
  readonly config: Config;
  readonly clock: Clock;
  readonly reading: Reading;
  /** The latest stamp that was seen, and that of the newest token. */
  readonly latest: Stamp;
  readonly newestToken: Stamp;

  readonly isRunning: boolean;
  /** The page is frozen, or in the back/forward cache. */
  readonly isSuspended: boolean;
  /** A sync requests the facts of the other tabs; `syncedAt` is the start of the latest one. */
  readonly isSyncing: boolean;
  readonly syncedAt: number;

  /** The first answer is known: from this tab's source, or rendered by a server. */
  readonly isAnswered: boolean;
  /** The latest answer of this tab's source; `user` is `null` if it had no session. `at`: device time. */
  readonly own: { readonly user: string | null; readonly stamp: Stamp; readonly at: number } | null;
  /** The sign-in that this tab's source has confirmed. */
  readonly confirmed: Stamp;
  readonly conflict: Conflict | null;
  /** A sign-in of other tabs that this tab does not share: it is not adopted, and nothing is published. */
  readonly detachedFrom: Stamp;
  readonly verification: Verification | null;
  /** The session that this page showed last; it is kept after its end. */
  readonly shown: Session | null;
  /** Why the session ended that the page showed before and no longer shows. */
  readonly hiddenReason: EndReason | null;
  /** The stamp of the end for which `source.clear()` was called, and when. */
  readonly cleared: Stamp;
  readonly clearedAt: number;
  /** When the user was last sent to sign in, by any page of this browser. */
  readonly loginStartedAt: Stamp;

  readonly requests: Readonly<Record<string, Request>>;
  /** The latest request failed, and none has succeeded since. */
  readonly isFailing: boolean;
  readonly act: Act;
  /** The latest activity of the user. */
  readonly activeAt: number;
  /** How many components of each kind are on the page. */
  readonly prompts: { readonly login: number; readonly expiry: number };
  readonly calls: readonly Call[];

  /** The calls that the latest input has settled, and the sleep before it (ms). */
  readonly settled: readonly SettledCall[];
  readonly slept: number;
}

/** A request to the source: `'session'`, `'extend'`, `'clear'`, or the key of a token. */
export interface Request {
  /** The result of an earlier attempt is not used. */
  readonly attempt: number;
  readonly isRunning: boolean;
  /** The request is to run once, whatever else is due. */
  readonly isRequested: boolean;
  /** The number of failures in a row, and the latest one. */
  readonly failures: number;
  readonly error: SessionError | null;
  /** When it is repeated after a failure (`Infinity`: never), and when it was last started. */
  readonly retryAt: number;
  readonly triedAt: number;
  /** Refresh throttle: how many tokens in a row did not move the expiry, and the earliest next refresh. */
  readonly stalls: number;
  readonly notBefore: number;
  /** How many components keep the token in use. */
  readonly users: number;
}

/** A call that waits; equal calls share one entry. */
export interface Call {
  readonly id: string;
  readonly kind: 'token' | 'session' | 'extension' | 'step-up';
  /** The key of the token that it waits for, or of the step-up; else `''`. */
  readonly key: string;
  /** The user that it was made for; `null`: the next user who is signed in. */
  readonly user: string | null;
  /** How long the token must stay valid (ms). */
  readonly minValidity: number;
  /** Only an answer or a token with a later stamp resolves it; `null`: any. */
  readonly after: Stamp | null;
  /** Whether it may wait for the user to sign in. */
  readonly mayAskUser: boolean;
  readonly since: number;
  readonly requirement: AuthRequirement | null;
}

export interface SettledCall {
  readonly id: string;
  readonly decision: Exclude<Decision, { kind: 'wait' }>;
}

/**
 * The sign-in or sign-out that is in progress in this tab. `signed-in`: the sign-in is done, and the source
 * has not returned its session yet. `since`: the latest stamp at its start.
 */
export interface Act {
  readonly kind: 'none' | 'signing-in' | 'signed-in' | 'signing-out';
  readonly id: number;
  readonly since: Stamp;
}

/**
 * What has to be requested before a deadline counts. `session`: the session, from `notBefore` on. `token`:
 * the source has the session and only an uncertain clock is past the deadline, so a fresh token is
 * requested for the date of its issue.
 */
export type Verification =
  | { readonly kind: 'session'; readonly notBefore: number }
  | { readonly kind: 'token'; readonly attempts: number };

/** This tab's source contradicts the sign-in that another tab published. */
export interface Conflict {
  /** The number of contradictions in a row, and the instant of the latest one. */
  readonly count: number;
  readonly at: number;
  /** Since then, another tab has confirmed the sign-in. */
  readonly isConfirmed: boolean;
}

const idleRequest: Request = {
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

/** The user whose session this page shows or showed. */
export function ownerOf({ signIn, shown }: State): string | null {
  return shown && signIn ? signIn.user : null;
}

/** The state while `update` computes it. */
export type Draft = { -readonly [Field in keyof State]: State[Field] };

/** The stamp of a fact that is stated now. */
export function stampNow(s: Draft): Stamp {
  s.latest = nextStamp(s.latest, s.reading.wall, s.config.tab);
  return s.latest;
}
