import type { Deadline } from '../snapshot.js';
import { defaultToken, expiryOf, tokenOf } from './accessToken.js';
import { serverNow } from './clock.js';
import type { Config } from './config.js';
import { isOpen, type OpenSignIn } from './facts.js';
import type { State } from './state.js';

/** When the session ends unless it is extended (server time); `null`: no end is known. */
export function deadlineOf(state: State): Deadline | null {
  const { signIn } = state;
  if (!isOpen(signIn)) return null;
  const end = statedOrIdleEnd(state, signIn);
  const limit = lifetimeEnd(state, signIn);
  return !end || (limit && limit.at < end.at) ? limit : end;
}

/** Whether activity can move the end of a session. */
export function canBeIdle({ canExtend, policy }: Config): boolean {
  return policy.kind !== 'absolute' && (canExtend || policy.idle !== null);
}

/** The end that the source states: the idle end if the session can be extended. Else the idle end of the policy. */
function statedOrIdleEnd({ clock, config }: State, signIn: OpenSignIn): Deadline | null {
  const { expiresAt: at, startedAt } = signIn.session;
  const { kind, idle } = config.policy;
  const extendedAt = signIn.extendedAt + clock.offset;
  if (at === undefined) {
    return idle === null ? null : { at: extendedAt + idle, kind: 'idle', since: extendedAt };
  }
  const start = startedAt ?? signIn.startedAt + clock.offset;
  if (kind === 'absolute' || !config.canExtend) return { at, kind: 'lifetime', since: start };
  // A page that was opened later did not see the extension: the policy implies when it was.
  const seen = signIn.extendedAt === signIn.startedAt ? start : extendedAt;
  return { at, kind: 'idle', since: idle === null ? seen : Math.min(extendedAt, at - idle) };
}

/** The end of the policy's `lifetime`. */
function lifetimeEnd(state: State, { session, startedAt }: OpenSignIn): Deadline | null {
  const { lifetime } = state.config.policy;
  const { offset } = state.clock;
  if (lifetime === 'access-token') {
    const fact = tokenOf(state, defaultToken);
    if (!fact?.token?.expiresAt) return null;
    const at = expiryOf(state, fact) + offset;
    return { at, kind: 'access-token', since: fact.issuedAt + offset };
  }
  const since = session.startedAt ?? startedAt + offset;
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
