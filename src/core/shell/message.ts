import { tokenRequestOf } from '../model/accessToken.js';
import type { SenderClock, Uncertainty } from '../model/clock.js';
import { type End, type Facts, type SignIn, type TokenFact } from '../model/facts.js';
import { mapValues } from '../model/records.js';
import type { Stamp } from '../model/stamp.js';
import type { Instant } from '../types.js';
import { readAccessToken, readSession } from '../validate.js';
import {
  type Checks,
  isEndReason,
  isFinite,
  isFiniteOrNull,
  isNumber,
  isStamp,
  isStampOrNone,
  isText,
  pick,
} from './fieldChecks.js';

/** The format of messages. A message of another version is ignored. */
const version = 2;

/** A message of one tab to the others, with all its facts. */
export interface Message {
  /** `null`: a request for the facts of the other tabs. */
  readonly facts: Facts | null;
  /** The sign-in that the sender's own source has confirmed; `''`: none. */
  readonly confirmed: Stamp;
  /** The keys of the tokens that the sender needs and cannot request. Missing in messages of earlier releases. */
  readonly wanted: readonly string[];
  readonly clock: SenderClock;
  /** The wall clock when the message was sent (epoch ms). */
  readonly wall: number;
}

export function writeMessage(message: Message): unknown {
  return { 'session-clock': version, ...message };
}

/** Checks a message; `null` if it is invalid or has another version. */
export function readMessage(data: unknown, now: Instant): Message | null {
  const message = Object(data) as Message & { 'session-clock'?: unknown };
  if (message['session-clock'] !== version) return null;
  try {
    const { uncertainty } = message.clock;
    const { wanted = [] } = message;
    wanted.forEach(tokenRequestOf);
    return {
      wanted,
      ...pick<Pick<Message, 'confirmed' | 'wall'>>(message, { confirmed: isText, wall: isFinite }),
      facts: message.facts && readFacts(message.facts, now),
      clock: {
        ...pick(message.clock, clockFields),
        uncertainty: uncertainty && pick(uncertainty, uncertaintyFields),
      },
    };
  } catch {
    return null;
  }
}

function readFacts({ signIn, tokens }: Facts, now: Instant): Facts {
  const read = (fact: TokenFact, key: string): TokenFact => {
    tokenRequestOf(key);
    const token = fact.token && readAccessToken(fact.token, now, sender);
    return { ...pick(fact, tokenFields), token };
  };
  return { signIn: signIn && readSignIn(signIn, now), tokens: mapValues(tokens, read) };
}

export function readSignIn(signIn: SignIn, now: Instant): SignIn {
  return {
    ...pick(signIn, signInFields),
    session: readSession(signIn.session, now, sender),
    end: signIn.end && pick(signIn.end, endFields),
  };
}

/** The name of the sender in errors. */
const sender = 'another tab';

const endFields: Checks<End> = {
  reason: isEndReason,
  stamp: isStamp,
  extendedStamp: isStamp,
};

const signInFields: Checks<Omit<SignIn, 'session' | 'end'>> = {
  id: isStamp,
  isObserved: (value) => typeof value === 'boolean',
  user: isText,
  sessionStamp: isStampOrNone,
  begunAt: isFiniteOrNull,
  startedAt: isFinite,
  extendedAt: isFinite,
  extendedStamp: isStamp,
};

const tokenFields: Checks<Omit<TokenFact, 'token'>> = {
  stamp: isStamp,
  newest: isStamp,
  user: isText,
  issuedAt: isFinite,
  expiresAt: isNumber,
  refreshAt: isNumber,
};

const clockFields: Checks<Omit<SenderClock, 'uncertainty'>> = {
  drift: isFinite,
  serverNow: isFiniteOrNull,
};

const uncertaintyFields: Checks<Uncertainty> = { slept: isFinite, since: isFinite };
