import { isInUse, isTokenKey, isValid, tokenOf } from '../core/model/accessToken.js';
import { deadlineOf, hasPassed } from '../core/model/deadline.js';
import { requestOf, type State } from '../core/model/state.js';

/** Why the model sends this request in this state, which is the one before the request. */
export function reasonOf(state: State, request: string): string {
  if (isTokenKey(request)) return tokenReason(state, request);
  if (request === 'extend') return extendReason(state);
  if (request === 'clear') return 'the session has ended: the source removes its credentials';
  return sessionReason(state);
}

function tokenReason(state: State, key: string): string {
  const { calls, clock, verification } = state;
  const { error, isRequested } = requestOf(state, key);
  const fact = tokenOf(state, key);
  if (error) return `repeated after ${error.code}`;
  const call = calls.find((each) => each.kind === 'token' && each.key === key);
  const part = fact && lifePart(state, key);
  const age = part === null ? '' : `, at ${part} of its life`;
  if (call?.after) {
    const cause =
      call.minValidity > 0 ? 'an API refused the token (401), or forceRefresh' : 'refresh()';
    return `asked by a caller: ${cause}${age}`;
  }
  if (call)
    return fact
      ? `asked by a caller: too little time left${age}`
      : 'asked by a caller: no token yet';
  if (verification?.kind === 'token') return 'to learn the server’s time from its date of issue';
  if (!isValid(state, fact) && !fact)
    return isInUse(state, key) ? 'first token: it is in use' : 'asked by another tab';
  if (isRequested) return `refreshed by a call${age}`;
  return clock.device >= fact.expiresAt ? 'expired while in use' : `refreshed${age}`;
}

/** The part of the life of a token that is over, in percent; `null`: its end is unknown. */
function lifePart(state: State, key: string): string | null {
  const fact = tokenOf(state, key);
  if (!fact || !Number.isFinite(fact.expiresAt)) return null;
  const part = (state.clock.device - fact.issuedAt) / (fact.expiresAt - fact.issuedAt);
  return `${Math.min(Math.round(part * 100), 100)} %`;
}

function extendReason(state: State): string {
  const { error } = requestOf(state, 'extend');
  if (error) return `repeated after ${error.code}`;
  const isAsked = state.calls.some(({ kind }) => kind === 'extension');
  return isAsked ? 'asked by extend()' : 'the user was active';
}

function sessionReason(state: State): string {
  const { act, calls, isAnswered, verification } = state;
  const { error, isRequested } = requestOf(state, 'session');
  if (error) return `repeated after ${error.code}`;
  if (act.kind === 'signed-in') return 'the user has signed in';
  if (!isAnswered) return 'first request of this page';
  if (calls.some(({ kind, after }) => kind === 'session' && after !== null)) {
    return 'asked by checkSession() or refresh()';
  }
  if (calls.some(({ kind }) => kind === 'session' || kind === 'token'))
    return 'a call waits for a session';
  if (verification) {
    const isPast = hasPassed(state, deadlineOf(state));
    return isPast
      ? 'the deadline has passed: to verify the end'
      : 'to verify the session: after sleep, a change of the clock, another tab or a refusal';
  }
  return isRequested
    ? 'the page came into view, or the source reported an event'
    : 'checkSession.every';
}
