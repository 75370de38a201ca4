import type { Policy } from '../policy.js';
import type { Deadline } from '../snapshot.js';
import type { Instant, Session } from '../types.js';
import { defaultToken, expiryOf, tokenOf } from './accessToken.js';
import type { Config } from './config.js';
import { isOpen } from './facts.js';
import type { State } from './state.js';

/** What a deadline is computed from; its instants are server time. */
interface Life {
  readonly session: Session;
  /** When this browser first knew of the sign-in, and when its idle time last began. */
  readonly startedAt: Instant;
  readonly extendedAt: Instant;
  /** Whether the source or the policy can extend it. */
  readonly isExtendable: boolean;
  readonly token: { readonly issuedAt: Instant; readonly expiresAt: Instant } | null;
}

/** When the session ends if nothing happens (server time); `null` where no end is known. */
export function deadlineOf(state: State, config: Config): Deadline | null {
  const { signIn, clock } = state;
  if (!isOpen(signIn)) return null;
  const { session } = signIn;
  const fact = tokenOf(state, defaultToken);
  const life: Life = {
    session,
    startedAt: signIn.startedAt + clock.offset,
    extendedAt: signIn.extendedAt + clock.offset,
    isExtendable: config.canExtend || session.expiresAt === undefined,
    token: fact?.token?.expiresAt
      ? {
          issuedAt: fact.issuedAt + clock.offset,
          expiresAt: expiryOf(state, fact) + clock.offset,
        }
      : null,
  };
  return nearestEnd(config.policy, life);
}

export function canExtend({ kind }: Deadline, session: Session, config: Config): boolean {
  return kind === 'idle' && (config.canExtend || session.expiresAt === undefined);
}

function nearestEnd(policy: Policy, life: Life): Deadline | null {
  const ends = [statedEnd(policy, life), idleEnd(policy, life), lifetimeEnd(policy, life)];
  return ends.reduce((nearest, end) => (!nearest || (end && end.at < nearest.at) ? end : nearest));
}

/** What the server states; where the session can be extended, that is its idle end. */
function statedEnd(policy: Policy, life: Life): Deadline | null {
  const { expiresAt, startedAt } = life.session;
  if (expiresAt === undefined) return null;
  const moves = life.isExtendable && policy.kind !== 'absolute';
  return {
    at: expiresAt,
    kind: moves ? 'idle' : 'lifetime',
    since: moves ? idleSince(policy, life, expiresAt) : (startedAt ?? life.startedAt),
  };
}

/** A page that was opened later did not see the extension: the policy tells when it was, else the start. */
function idleSince(policy: Policy, { session, startedAt, extendedAt }: Life, at: Instant): Instant {
  if ('idle' in policy && policy.idle !== undefined) return Math.min(extendedAt, at - policy.idle);
  return extendedAt === startedAt ? (session.startedAt ?? startedAt) : extendedAt;
}

function idleEnd(policy: Policy, { session, extendedAt }: Life): Deadline | null {
  if (!('idle' in policy) || policy.idle === undefined) return null;
  // The policy mirrors what the server does; a date that the server states takes its place.
  if (session.expiresAt !== undefined) return null;
  return { at: extendedAt + policy.idle, kind: 'idle', since: extendedAt };
}

function lifetimeEnd(policy: Policy, { session, startedAt, token }: Life): Deadline | null {
  if (!('lifetime' in policy) || policy.lifetime === undefined) return null;
  if (policy.lifetime === 'access-token') {
    return token && { at: token.expiresAt, kind: 'access-token', since: token.issuedAt };
  }
  const since = session.startedAt ?? startedAt;
  return { at: since + policy.lifetime, kind: 'lifetime', since };
}
