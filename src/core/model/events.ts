import type { SessionEvent, Snapshot } from '../snapshot.js';
import { isTokenKey, tokenRequestOf } from './accessToken.js';
import { serverNow } from './clock.js';
import { isOpen } from './facts.js';
import { noStamp } from './stamp.js';
import { requestOf, type State } from './state.js';

/** A state and its snapshot. */
export interface View {
  readonly state: State;
  readonly snapshot: Snapshot;
}

type Undated<Event> = Event extends unknown ? Omit<Event, 'at'> : never;
type UndatedEvent = Undated<SessionEvent>;

type SignedIn = Extract<Snapshot, { status: 'active' | 'expiring' }>;

/** The events between two states. All events are computed here, so each is emitted once. */
export function eventsBetween(before: View, after: View): SessionEvent[] {
  const { snapshot: was, state: old } = before;
  const { snapshot: is, state } = after;
  const at = serverNow(state.clock);
  const events: UndatedEvent[] = [];
  if (was.connection !== is.connection) {
    events.push({ type: 'connection-changed', connection: is.connection });
  }
  if (isSignedIn(was) && !isSignedIn(is) && is.reason) {
    events.push({ type: 'session-ended', session: was.session, reason: is.reason });
  }
  if (isSignedIn(is)) events.push(...signInEvents(before, state, is));
  if (is.status === 'expiring' && was.status !== 'expiring') {
    const { session, deadline } = is;
    events.push({ type: 'session-expiring', session, deadline });
  }
  events.push(...tokenEvents(old, state));
  if (state.slept > 0) events.push({ type: 'resumed', slept: state.slept });
  return events.map((event) => ({ ...event, at }));
}

function isSignedIn(snapshot: Snapshot): snapshot is SignedIn {
  return snapshot.status === 'active' || snapshot.status === 'expiring';
}

function signInEvents(
  { snapshot: was, state: { signIn: old } }: View,
  { signIn }: State,
  { session, deadline }: SignedIn,
): UndatedEvent[] {
  const events: UndatedEvent[] = [];
  const isOther = was.session && old?.user !== signIn?.user;
  const isAgain = signIn?.isObserved && signIn.id !== old?.id && old?.id !== noStamp;
  const isExtended =
    isOpen(old) &&
    isOpen(signIn) &&
    signIn.extendedStamp > old.extendedStamp &&
    signIn.extendedAt > old.extendedAt;
  if (isOther) events.push({ type: 'user-changed', from: was.session, to: session });
  if (isOther || isAgain || !isOpen(old)) events.push({ type: 'session-started', session });
  if (!isOther && isExtended) events.push({ type: 'session-extended', session, deadline });
  return events;
}

function tokenEvents(old: State, state: State): UndatedEvent[] {
  if (state.tokens === old.tokens && state.requests === old.requests) return [];
  const keys = new Set([...Object.keys(state.tokens), ...Object.keys(state.requests)]);
  return [...keys].filter(isTokenKey).flatMap((key) => tokenEvent(old, state, key));
}

function tokenEvent(old: State, state: State, key: string): UndatedEvent[] {
  const { error, failures } = requestOf(state, key);
  const request = tokenRequestOf(key);
  // Compared by number, because a source may throw the same error again.
  if (error && failures !== requestOf(old, key).failures) {
    return [{ type: 'access-token-refresh-failed', ...request, error }];
  }
  const fact = state.tokens[key];
  const before = old.tokens[key];
  if (!fact?.token || fact.stamp === before?.stamp) return [];
  // A token that expires no later is no refresh.
  if (before?.token && fact.expiresAt <= before.expiresAt) return [];
  const expiresAt = fact.token.expiresAt ?? null;
  return [{ type: 'access-token-refreshed', ...request, expiresAt }];
}
