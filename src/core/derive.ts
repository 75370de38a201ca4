import { deriveToken, isAlive, type TokenFact } from './deriveToken.js';
import { needsLogin, type SessionError } from './errors.js';
import { deadlineOf, type Policy } from './policy.js';
import type { Connection, Deadline, EndReason, SessionState, Snapshot } from './snapshot.js';
import type { Instant, Session } from './types.js';

/** What is known of the session. */
export type SessionFact =
  | { readonly kind: 'unasked' }
  | {
      readonly kind: 'nobody';
      readonly reason: 'signed-out' | null;
      /** Since when it is known. */
      readonly at: Instant;
    }
  | {
      readonly kind: 'present';
      readonly session: Session;
      readonly since: Instant;
      readonly extendedAt: Instant;
    }
  | {
      readonly kind: 'ended';
      readonly session: Session;
      readonly reason: EndReason;
      readonly at: Instant;
      /** The latest extension that was known: an idle end is only as good as that. */
      readonly extendedAt: Instant;
    };

/** All that a snapshot is made of, beside the policy and the time. */
export interface Facts {
  readonly session: SessionFact;
  readonly token: TokenFact;
  readonly connection: Connection;
  readonly error: SessionError | null;
  readonly pendingLogin: SessionError | null;
  readonly extendable: boolean;
  /** The device slept: a deadline that seems to have passed is not believed until the source was asked. */
  readonly unverified: boolean;
}

/** What holds now, and the next instant at which it would no longer hold. */
export interface Derived {
  readonly snapshot: Snapshot;
  /** Epoch ms, `Infinity` when only a new fact can change the snapshot. */
  readonly wakeAt: Instant;
}

/** Status is a pure function of facts and time: between `now` and `wakeAt` the snapshot is constant. */
export function derive(facts: Facts, policy: Policy, now: Instant): Derived {
  const token = deriveToken(facts.token, now);
  const session = deriveSession(facts, policy, now);
  return {
    snapshot: {
      ...session.state,
      accessToken: token.state,
      pendingLogin: facts.pendingLogin,
    },
    wakeAt: Math.min(token.wakeAt, session.wakeAt),
  };
}

function deriveSession(
  facts: Facts,
  policy: Policy,
  now: Instant,
): { state: SessionState; wakeAt: Instant } {
  const { connection, error, session: fact } = facts;
  const around = { connection, error };
  const still = { wakeAt: Number.POSITIVE_INFINITY };
  const none = { reason: null, deadline: null, canExtend: false } as const;
  switch (fact.kind) {
    case 'unasked':
      return { ...still, state: { ...around, ...none, status: 'loading', session: null } };
    case 'nobody':
      return {
        ...still,
        state: { ...around, ...none, status: 'signed-out', session: null, reason: fact.reason },
      };
    case 'ended':
      return {
        ...still,
        state: {
          ...around,
          ...none,
          status: 'expired',
          session: fact.session,
          reason: fact.reason,
        },
      };
    case 'present':
      return derivePresent(facts, fact, policy, now);
  }
}

function derivePresent(
  facts: Facts,
  fact: Extract<SessionFact, { kind: 'present' }>,
  policy: Policy,
  now: Instant,
): { state: SessionState; wakeAt: Instant } {
  const { connection, error, extendable } = facts;
  const { session } = fact;
  const deadline = deadlineOf(policy, { ...fact, extendable, token: datesOf(facts.token) });
  const reason = endReason(facts, policy, deadline, now);
  if (reason) {
    return {
      state: {
        status: 'expired',
        session,
        reason,
        deadline: null,
        canExtend: false,
        connection,
        error,
      },
      wakeAt: Number.POSITIVE_INFINITY,
    };
  }
  const canExtend = extendable && deadline?.kind === 'idle';
  const warnAt = deadline ? warningInstant(deadline, policy) : Number.POSITIVE_INFINITY;
  if (!deadline || now < warnAt) {
    return {
      state: { status: 'active', session, reason: null, deadline, canExtend, connection, error },
      wakeAt: warnAt,
    };
  }
  return {
    state: { status: 'expiring', session, reason: null, deadline, canExtend, connection, error },
    // In doubt, only the source's answer moves it on.
    wakeAt: facts.unverified ? Number.POSITIVE_INFINITY : deadline.at,
  };
}

/** A warning never takes more than half of the life that it warns of. */
function warningInstant(deadline: Deadline, policy: Policy): Instant {
  const life = Math.max(deadline.at - deadline.since, 0);
  return deadline.at - Math.min(policy.warnBefore, life / 2);
}

function endReason(
  facts: Facts,
  policy: Policy,
  deadline: Deadline | null,
  now: Instant,
): EndReason | null {
  if (endsWithToken(policy) && isUnobtainable(facts.token, now)) return 'token-unobtainable';
  if (!deadline || now < deadline.at || facts.unverified) return null;
  return deadline.kind === 'idle' ? 'idle' : 'lifetime';
}

function endsWithToken(policy: Policy): boolean {
  return (
    policy.kind === 'hybrid' || (policy.kind === 'absolute' && policy.lifetime === 'access-token')
  );
}

/** Refused for good, and the last one is dead. */
function isUnobtainable(fact: TokenFact, now: Instant): boolean {
  return needsLogin(fact.error) && !fact.fetching && !isAlive(fact.token, now);
}

function datesOf({ token, issuedAt }: TokenFact): { issuedAt: Instant; expiresAt: Instant } | null {
  return token?.expiresAt === undefined ? null : { issuedAt, expiresAt: token.expiresAt };
}
