import { tokenRequestOf } from '../model/accessToken.js';
import type { SenderClock } from '../model/clock.js';
import { type End, type Facts, isOpen, type SignIn, type TokenFact } from '../model/facts.js';
import { noStamp, type Stamp } from '../model/stamp.js';
import type { EndReason, Instant } from '../types.js';
import { readAccessToken, readSession } from '../validate.js';

/** A tab of a release with another format is ignored, and not harmed. */
const version = 2;
/** What one tab sends to the others: all that it knows. */
export interface Message {
  /** `null`: it asks what the others know. */
  readonly facts: Facts | null;
  /** The sign-in that the sender's own source has confirmed; `''`: none. */
  readonly confirmed: Stamp;
  readonly clock: SenderClock;
  /** The wall clock when it was sent (epoch ms). */
  readonly wall: number;
}

export function writeMessage(message: Message): unknown {
  return { 'session-clock': version, ...message };
}

/** `null` for what is not a message of this release, or is malformed. */
export function readMessage(data: unknown, now: Instant): Message | null {
  const message = Object(data) as Partial<Message> & { 'session-clock'?: unknown };
  if (message['session-clock'] !== version) return null;
  try {
    return {
      facts: message.facts ? readFacts(message.facts, now) : null,
      confirmed: text(message.confirmed),
      clock: readClock(message.clock),
      wall: finite(message.wall),
    };
  } catch {
    return null;
  }
}

/** What may leave this tab: without the tokens themselves where they are not shared. */
export function shareable({ signIn, tokens }: Facts, shareTokens: boolean): Facts {
  if (shareTokens || !isOpen(signIn)) return { signIn, tokens };
  const bare = Object.entries(tokens).map(([key, fact]) => [key, { ...fact, token: null }]);
  return { signIn, tokens: Object.fromEntries(bare) };
}

export function readFacts({ signIn, tokens }: Facts, now: Instant): Facts {
  const entries = Object.entries(tokens).map(([key, fact]) => {
    tokenRequestOf(key);
    return [key, readToken(fact, now)] as const;
  });
  return { signIn: signIn && readSignIn(signIn, now), tokens: Object.fromEntries(entries) };
}

function readClock(clock: SenderClock | undefined): SenderClock {
  const { drift, serverNow, uncertainty } = Object(clock) as SenderClock;
  return {
    drift: finite(drift),
    serverNow: serverNow === null ? null : finite(serverNow),
    uncertainty: uncertainty && {
      slept: finite(uncertainty.slept),
      since: finite(uncertainty.since),
    },
  };
}

export function readSignIn(signIn: SignIn, now: Instant): SignIn {
  return {
    id: stamp(signIn.id),
    isObserved: signIn.isObserved === true,
    user: text(signIn.user),
    session: readSession(signIn.session, now, 'another tab'),
    sessionStamp: signIn.sessionStamp === noStamp ? noStamp : stamp(signIn.sessionStamp),
    begunAt: signIn.begunAt === null ? null : finite(signIn.begunAt),
    startedAt: finite(signIn.startedAt),
    extendedAt: finite(signIn.extendedAt),
    extendedStamp: stamp(signIn.extendedStamp),
    end: signIn.end && readEnd(signIn.end),
  };
}

const reasons: readonly EndReason[] = [
  'signed-out',
  'idle',
  'lifetime',
  'revoked',
  'token-refresh-failed',
  'signed-out-elsewhere',
];

function readEnd(end: End): End {
  if (!reasons.includes(end.reason)) throw new Error('unknown reason');
  return {
    reason: end.reason,
    stamp: stamp(end.stamp),
    extendedStamp: stamp(end.extendedStamp),
  };
}

function readToken(fact: TokenFact, now: Instant): TokenFact {
  return {
    stamp: stamp(fact.stamp),
    newest: stamp(fact.newest),
    user: text(fact.user),
    token: fact.token && readAccessToken(fact.token, now, 'another tab'),
    issuedAt: finite(fact.issuedAt),
    expiresAt: number(fact.expiresAt),
    refreshAt: number(fact.refreshAt),
  };
}

function stamp(value: unknown): Stamp {
  if (/^\d{15}\../.test(text(value))) return value as Stamp;
  throw new Error('not a stamp');
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error('not text');
}

function number(value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw new Error('not a number');
}

function finite(value: unknown): number {
  if (Number.isFinite(value)) return value as number;
  throw new Error('not finite');
}
