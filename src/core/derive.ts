import { needsLogin, type SessionError } from './errors.js';
import { deadlineOf, type Policy } from './policy.js';
import type {
  AccessTokenState,
  Connection,
  Deadline,
  EndReason,
  SessionState,
  Snapshot,
} from './snapshot.js';
import type { AccessToken, Instant, Session } from './types.js';

/** What is known of the session. */
export type SessionFact =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'nobody'; readonly reason: 'signed-out' | null }
  | {
      readonly kind: 'present';
      readonly session: Session;
      readonly since: Instant;
      readonly extendedAt: Instant;
    }
  | { readonly kind: 'ended'; readonly session: Session; readonly reason: EndReason };

/** What is known of one access token. */
export interface TokenFact {
  readonly token: AccessToken | null;
  /** When its life began. */
  readonly issuedAt: Instant;
  readonly fetching: boolean;
  /** Why the latest attempt failed; `null` when it did not. */
  readonly error: SessionError | null;
}

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

/** One token's state, and when it changes by itself. */
export function deriveToken(
  fact: TokenFact,
  now: Instant,
): { state: AccessTokenState; wakeAt: Instant } {
  const { token, error } = fact;
  const expiresAt = token?.expiresAt ?? null;
  const alive = isAlive(token, now);
  return {
    state: {
      status: tokenStatus(fact, alive),
      expiresAt,
      issuedAt: token ? fact.issuedAt : null,
      error,
    },
    wakeAt: alive && expiresAt !== null ? expiresAt : Number.POSITIVE_INFINITY,
  };
}

function tokenStatus(
  { token, fetching, error }: TokenFact,
  alive: boolean,
): AccessTokenState['status'] {
  if (alive) return fetching ? 'refreshing' : 'fresh';
  if (fetching) return token ? 'expired' : 'fetching';
  if (error && !error.retryable) return 'unavailable';
  if (token) return 'expired';
  return error ? 'unavailable' : 'none';
}

/** Whether a token may still be used; an undated one may, until an API refuses it. */
export function isAlive(token: AccessToken | null, now: Instant): boolean {
  return token !== null && (token.expiresAt === undefined || now < token.expiresAt);
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
