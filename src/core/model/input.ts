import type { SessionError } from '../errors.js';
import type { AuthRequirement, EndReason, Instant, Session } from '../types.js';
import type { SenderClock } from './clock.js';
import type { Facts, SignIn } from './facts.js';
import type { TokenAnswer } from './serverTime.js';
import type { Stamp } from './stamp.js';
import type { Act, Call } from './state.js';

/** All that can happen to a client, by type; what each carries is plain data. */
interface Inputs {
  /** The client was started, stopped; the page was suspended; the user or the network may be back. */
  started: object;
  /** What a page has stored: the sign-in without its session, which end the source was told of, and when,
   * and when the user was last sent to sign in. */
  stored: { signIn: SignIn; cleared: Stamp; clearedAt: number; loginStartedAt: Stamp };
  stopped: object;
  suspended: object;
  resumed: object;
  /** The timer: time has passed. */
  tick: object;
  activity: object;

  /** Another tab asks what is known here. */
  'sync-requested': object;
  /** The other tabs have sent what they know, or had the time to. */
  synced: object;
  /** Another tab sent its facts, in its device time; `confirmed`: the sign-in that its own source
   * has confirmed; `age`: how long the message was under way by the wall clock (ms). */
  message: { facts: Facts; clock: SenderClock; confirmed: Stamp; age: number };
  'server-time': { latest: Instant; tolerance: number };

  'request-started': { request: string };
  /** It needs no answer any more: another tab had one. */
  'request-finished': { request: string };
  'request-failed': { request: string; error: SessionError };
  /** Something asks for the request, once. */
  requested: { request: string };
  'errors-cleared': object;

  /** The source said who is signed in; `isEvent`: by itself. */
  session: { session: Session | null; isEvent: boolean };
  extended: { session: Session | null };
  token: { request: string } & TokenAnswer;
  /** The source was told of the end. */
  cleared: object;
  ended: { reason: EndReason };

  act: { kind: Act['kind']; id: number };
  /** Something on the page keeps the token in use, or no longer does. */
  retained: { request: string; by: 1 | -1 };
  /** Something that asks the user to sign in, or before the end, is on the page, or no longer is. */
  prompt: { prompt: 'login' | 'expiry'; by: 1 | -1 };

  call: { call: Call };
  'call-abandoned': { id: string };
  /** The user chose not to sign in. */
  'login-cancelled': object;
  /** The session shows what a step-up call waits for. */
  'call-met': { key: string };
  /** A sign-in is done that was asked to meet the requirement. */
  'requirement-met': { requirement: AuthRequirement };
}

export type InputType = keyof Inputs;

export type InputOf<Type extends InputType> = { readonly type: Type } & Readonly<Inputs[Type]>;

export type Input = { [Type in InputType]: InputOf<Type> }[InputType];
