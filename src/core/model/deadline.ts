import type { Deadline } from '../snapshot.js';
import type { Instant } from '../types.js';
import { defaultToken, expiryOf, tokenOf } from './accessToken.js';
import { never, serverNow } from './clock.js';
import type { Config } from './config.js';
import { isOpen, type OpenSignIn } from './facts.js';
import type { State } from './state.js';

/** When the session ends unless it is extended (server time); `null`: no end is known. */
export function deadlineOf(state: State): Deadline | null {
  const { signIn } = state;
  if (!isOpen(signIn)) return null;
  // If a fixed end and the idle end are at the same time, activity cannot move the end.
  const ends = [lifetimeEnd(state, signIn), fixedEnd(state, signIn), idleEnd(state, signIn)];
  return ends.reduce((one, other) => (!one || (other && other.at < one.at) ? other : one));
}

/** Whether activity can move the end of a session. */
export function canBeIdle(config: Config): boolean {
  return canMoveEnd(config) || config.policy.idle !== null;
}

/** Whether the end has passed. */
export function hasPassed({ clock }: State, deadline: Deadline | null): deadline is Deadline {
  return deadline !== null && serverNow(clock) >= deadline.at;
}

/** Whether the source has stated this end. */
export function isStated({ signIn }: State, { at }: Deadline): boolean {
  const { expiresAt, idleExpiresAt } = signIn?.session ?? {};
  return at === expiresAt || at === idleExpiresAt;
}

/** Whether the source can move an end that it states. */
function canMoveEnd({ canExtend, policy }: Config): boolean {
  return canExtend && policy.kind !== 'absolute';
}

/** The end that the source states and that cannot be moved. One end alone is the one that the source can move. */
function fixedEnd(state: State, signIn: OpenSignIn): Deadline | null {
  const { expiresAt = never, idleExpiresAt } = signIn.session;
  const fixed = idleExpiresAt === undefined ? never : expiresAt;
  const at = canMoveEnd(state.config) ? fixed : Math.min(expiresAt, idleExpiresAt ?? never);
  return at === never ? null : { at, kind: 'lifetime', since: startOf(state, signIn) };
}

/** The idle end that the source states, else the one of the policy. */
function idleEnd(state: State, signIn: OpenSignIn): Deadline | null {
  const { clock, config } = state;
  const { idle } = config.policy;
  const { expiresAt, idleExpiresAt } = signIn.session;
  const extendedAt = signIn.extendedAt + clock.offset;
  const at = canMoveEnd(config) ? (idleExpiresAt ?? expiresAt) : undefined;
  if (at === undefined) {
    return idle === null ? null : { at: extendedAt + idle, kind: 'idle', since: extendedAt };
  }
  // A page that was opened later did not see the extension: the policy implies when it was.
  const isUnseen = signIn.extendedAt === signIn.startedAt;
  const seen = isUnseen ? startOf(state, signIn) : extendedAt;
  return { at, kind: 'idle', since: idle === null ? seen : Math.min(extendedAt, at - idle) };
}

/** When the session began (server time). */
function startOf({ clock }: State, { session, startedAt }: OpenSignIn): Instant {
  return session.startedAt ?? startedAt + clock.offset;
}

/** The end of the policy's `lifetime`. */
function lifetimeEnd(state: State, signIn: OpenSignIn): Deadline | null {
  const { lifetime } = state.config.policy;
  const { offset } = state.clock;
  if (lifetime === 'access-token') {
    const fact = tokenOf(state, defaultToken);
    if (!fact?.token?.expiresAt) return null;
    const at = expiryOf(state, fact) + offset;
    return { at, kind: 'access-token', since: fact.issuedAt + offset };
  }
  const since = startOf(state, signIn);
  return lifetime === null ? null : { at: since + lifetime, kind: 'lifetime', since };
}

/** When the user is warned of the deadline (server time): in the second half of the lifetime at the earliest. */
export function warningAt({ config }: State, { at, since }: Deadline): number {
  return at - Math.min(config.policy.warnBefore, Math.max(at - since, 0) / 2);
}

/** Whether the user is warned now. */
export function isExpiring(state: State): boolean {
  const deadline = deadlineOf(state);
  return deadline !== null && serverNow(state.clock) >= warningAt(state, deadline);
}
