import type { Deadline } from '../snapshot.js';
import type { Instant, Session } from '../types.js';
import { defaultToken, expiryOf, tokenOf } from './accessToken.js';
import type { Config } from './config.js';
import { isOpen } from './facts.js';
import type { State } from './state.js';

/** When the session ends if nothing happens (server time); `null` where no end is known. */
export function deadlineOf(state: State, config: Config): Deadline | null {
  const { signIn, clock } = state;
  if (!isOpen(signIn)) return null;
  const { session } = signIn;
  const startedAt = signIn.startedAt + clock.offset;
  const extendedAt = signIn.extendedAt + clock.offset;
  const ends = [
    statedEnd(session, startedAt, extendedAt, config),
    idleEnd(session, extendedAt, config),
    config.policy.lifetime === 'access-token'
      ? tokenEnd(state)
      : lifetimeEnd(session.startedAt ?? startedAt, config),
  ];
  return ends.reduce((nearest, end) => (!nearest || (end && end.at < nearest.at) ? end : nearest));
}

/** Whether the source or the policy can move the deadline. */
export function canExtend({ kind }: Deadline, session: Session, config: Config): boolean {
  return kind === 'idle' && isExtendable(session, config);
}

function isExtendable({ expiresAt }: Session, { canExtend }: Config): boolean {
  return canExtend || expiresAt === undefined;
}

/** What the server states; where the session can be extended, that is its idle end. */
function statedEnd(
  session: Session,
  startedAt: Instant,
  extendedAt: Instant,
  config: Config,
): Deadline | null {
  const { expiresAt: at } = session;
  if (at === undefined) return null;
  const start = session.startedAt ?? startedAt;
  const { kind, idle } = config.policy;
  if (kind === 'absolute' || !isExtendable(session, config)) {
    return { at, kind: 'lifetime', since: start };
  }
  // A page that was opened later did not see the extension: the policy tells when it was, else the start.
  const seen = extendedAt === startedAt ? start : extendedAt;
  return { at, kind: 'idle', since: idle === null ? seen : Math.min(extendedAt, at - idle) };
}

/** The policy mirrors what the server does; a date that the server states takes its place. */
function idleEnd(
  { expiresAt }: Session,
  since: Instant,
  { policy: { idle } }: Config,
): Deadline | null {
  if (idle === null || expiresAt !== undefined) return null;
  return { at: since + idle, kind: 'idle', since };
}

function lifetimeEnd(since: Instant, { policy: { lifetime } }: Config): Deadline | null {
  return typeof lifetime === 'number' ? { at: since + lifetime, kind: 'lifetime', since } : null;
}

function tokenEnd(state: State): Deadline | null {
  const fact = tokenOf(state, defaultToken);
  if (!fact?.token?.expiresAt) return null;
  const { offset } = state.clock;
  return {
    at: expiryOf(state, fact) + offset,
    kind: 'access-token',
    since: fact.issuedAt + offset,
  };
}
