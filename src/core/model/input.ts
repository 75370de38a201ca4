import type { SessionError } from '../errors.js';
import type { AuthRequirement, EndReason, Instant, Session } from '../types.js';
import type { SenderClock } from './clock.js';
import type { Facts, SignIn } from './facts.js';
import type { TokenAnswer } from './serverTime.js';
import type { Stamp } from './stamp.js';
import type { Act, Call } from './state.js';

/** The inputs of a client by type, and the plain data of each. */
interface Inputs {
  started: object;
  stopped: object;
  /** The stored facts: the sign-in without its session, and the fields of `State` with the same names. */
  stored: { signIn: SignIn; cleared: Stamp; clearedAt: number; loginStartedAt: Stamp };
  /** The page is about to be frozen, or put into the back/forward cache. */
  suspended: object;
  /** The page came into view, or the network may be available again. */
  resumed: object;
  /** The timer. */
  tick: object;
  activity: object;

  /** Another tab requests the facts of this one. */
  'sync-requested': object;
  /** A tab has answered the sync request, or its time is up. */
  synced: object;
  /** The facts of another tab, in its device time. `confirmed`: the sign-in that its own source has
   * confirmed. `wanted`: the tokens that it cannot request. `age`: how long the message took by the wall clock (ms). */
  message: {
    facts: Facts;
    clock: SenderClock;
    confirmed: Stamp;
    wanted?: readonly string[];
    age: number;
  };
  'server-time': { latest: Instant; tolerance: number };

  'request-started': { request: string };
  /** It needs no result any more, because another tab had one. */
  'request-finished': { request: string };
  'request-failed': { request: string; error: SessionError };
  /** The request is to run once. */
  requested: { request: string };
  'errors-cleared': object;

  /** The session of the source. `isEvent`: the source reported it without a request. `isFresh`: a server has just stated it. */
  session: { session: Session | null; isEvent: boolean; isFresh?: boolean };
  extended: { session: Session | null };
  token: { request: string } & TokenAnswer;
  /** `source.clear()` is done. */
  cleared: object;
  /** The SDK has answered a request that was given up. `since`: the latest stamp at the request. */
  'late-answer': { since: Stamp };
  ended: { reason: EndReason };

  /** A sign-in or sign-out has reached its next step; `id` identifies it. */
  act: { kind: Act['kind']; id: number };
  /** A component keeps the token in use, or no longer does. */
  retained: { request: string; by: 1 | -1 };
  /** A component that asks the user to sign in, or before the end, was added or removed. */
  prompt: { prompt: 'login' | 'expiry'; by: 1 | -1 };

  call: { call: Call };
  /** All callers have aborted it. */
  'call-abandoned': { id: string };
  /** The user chose not to sign in. */
  'login-cancelled': object;
  /** The session meets the requirement of the step-up call with this key. */
  'call-met': { key: string };
  /** A sign-in with this requirement is done. */
  'requirement-met': { requirement: AuthRequirement };
}

export type InputType = keyof Inputs;

export type InputOf<Type extends InputType> = { readonly type: Type } & Readonly<Inputs[Type]>;

export type Input = { [Type in InputType]: InputOf<Type> }[InputType];
