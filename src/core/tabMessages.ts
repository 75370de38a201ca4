import { readAccessToken, readSession } from './answers.js';
import type { Doubt } from './clock.js';
import type { SessionFact } from './derive.js';
import type { EndReason } from './snapshot.js';
import type { Stamp } from './stamp.js';
import type { AccessToken, AccessTokenRequest, Instant } from './types.js';

/** What the first release says. A tab of another release is not understood, and not harmed. */
const version = 1;

/** A session's fact and which it is. */
export interface SharedSession {
  /** Of its latest change. */
  readonly stamp: Stamp;
  /** Of its sign-in; a tab that only found it, and did not see it made, does not know. */
  readonly signIn: Stamp;
  readonly fact: Exclude<SessionFact, { kind: 'unasked' }>;
}

/** One access token with its dates; without its value where tokens are not shared. */
export interface SharedToken {
  readonly stamp: Stamp;
  readonly sub: string;
  readonly request: AccessTokenRequest;
  readonly token: AccessToken | null;
  readonly issuedAt: Instant;
  readonly refreshAt: Instant;
}

export interface SharedFacts {
  readonly session: SharedSession | null;
  readonly tokens: readonly SharedToken[];
}

/** What one tab says to the others. */
export type TabMessage =
  /** What do you know? */
  { readonly type: 'hello' } | ({ readonly type: 'facts' } & SharedFacts);

/** Around every message. */
export interface Envelope {
  readonly id: string;
  readonly from: string;
  /** The device's clock when it was sent (epoch ms). */
  readonly wall: number;
  /** By how much the sender's time is ahead of the device's clock, which all tabs read (ms). */
  readonly offset: number;
  /** Whether a server has told the sender its time. */
  readonly told: boolean;
  /** What the sender is not sure of. */
  readonly doubt: Doubt | null;
  readonly message: TabMessage;
}

export function write(envelope: Envelope): unknown {
  return { 'session-clock': version, ...envelope };
}

/** `null` for what is no message of ours: another release's, a stranger's, or a malformed one. */
export function read(data: unknown, now: Instant): Envelope | null {
  const envelope = Object(data) as Partial<Envelope> & { 'session-clock'?: unknown };
  if (envelope['session-clock'] !== version) return null;
  try {
    return {
      id: text(envelope.id),
      from: text(envelope.from),
      wall: finite(envelope.wall),
      offset: finite(envelope.offset),
      told: envelope.told === true,
      doubt: envelope.doubt
        ? { slept: finite(envelope.doubt.slept), from: finite(envelope.doubt.from) }
        : null,
      message: readMessage(envelope.message, now),
    };
  } catch {
    return null;
  }
}

function readMessage(value: unknown, now: Instant): TabMessage {
  const { type, session, tokens } = Object(value) as Partial<SharedFacts> & { type?: unknown };
  if (type === 'hello') return { type };
  if (type !== 'facts' || !Array.isArray(tokens)) throw new Error('unknown message');
  return {
    type,
    session: session ? readSharedSession(session, now) : null,
    tokens: tokens.map((token) => readSharedToken(token, now)),
  };
}

function readSharedSession(shared: SharedSession, now: Instant): SharedSession {
  const { stamp, signIn, fact } = shared;
  return { stamp: readStamp(stamp), signIn: readStamp(signIn), fact: readFact(fact, now) };
}

const reasons: readonly EndReason[] = [
  'signed-out',
  'idle',
  'lifetime',
  'revoked',
  'token-unobtainable',
  'elsewhere',
];

function readFact(fact: SharedSession['fact'], now: Instant): SharedSession['fact'] {
  if (fact.kind === 'nobody') return { kind: 'nobody', reason: null, at: finite(fact.at) };
  const session = readSession(fact.session, now, 'another tab');
  if (!session) throw new Error('no session');
  if (fact.kind === 'present') {
    return {
      kind: 'present',
      session,
      since: finite(fact.since),
      extendedAt: finite(fact.extendedAt),
    };
  }
  if (fact.kind !== 'ended' || !reasons.includes(fact.reason)) throw new Error('unknown fact');
  return {
    kind: 'ended',
    session,
    reason: fact.reason,
    at: finite(fact.at),
    extendedAt: finite(fact.extendedAt),
  };
}

function readSharedToken(shared: SharedToken, now: Instant): SharedToken {
  const { audience, scope } = shared.request;
  return {
    stamp: readStamp(shared.stamp),
    sub: text(shared.sub),
    request: {
      ...(audience !== undefined && { audience: text(audience) }),
      ...(scope !== undefined && { scope: text(scope) }),
    },
    token: shared.token === null ? null : readAccessToken(shared.token, now, 'another tab'),
    issuedAt: finite(shared.issuedAt),
    refreshAt: number(shared.refreshAt),
  };
}

function readStamp({ rev, by }: Stamp): Stamp {
  if (!Number.isSafeInteger(rev) || rev < 0) throw new Error('no stamp');
  return { rev, by: text(by) };
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
