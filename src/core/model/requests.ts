import { needsLogin, type SessionError } from '../errors.js';
import { isTokenKey } from './accessToken.js';
import { backoff } from './backoff.js';
import { never } from './clock.js';
import { isOpen } from './facts.js';
import { filterValues, mapValues } from './records.js';
import { type Draft, type Request, requestOf, type State } from './state.js';

/** A retry that is brought forward starts this long after the last attempt at the earliest (ms). */
const shortestPause = 1_000;

export function changeRequest(s: Draft, key: string, change: Partial<Request>): void {
  s.requests = { ...s.requests, [key]: { ...requestOf(s, key), ...change } };
}

export function changeRequests(
  s: Draft,
  change: (request: Request, key: string) => Partial<Request> | false | null,
): void {
  s.requests = mapValues(s.requests, (each, key) => ({ ...each, ...change(each, key) }));
}

/** The request runs once, whatever else is due. */
export function requestOnce(s: Draft, key: string): void {
  changeRequest(s, key, { isRequested: true });
}

/** The request has succeeded; its result is another input. */
export function finishRequest(s: Draft, key: string): void {
  changeRequest(s, key, { isRunning: false, isRequested: false, error: null, failures: 0 });
  s.isFailing = false;
}

/** Whether the refusals of this tab's source do not count, because it does not have the sign-in of another tab, or not yet. */
export function isUnconfirmed({ confirmed, signIn }: State): boolean {
  return isOpen(signIn) && confirmed !== signIn.id;
}

export function failRequest(s: Draft, key: string, error: SessionError): void {
  const failures = requestOf(s, key).failures + 1;
  const mayRecover = key === 'extend' || (isTokenKey(key) && isUnconfirmed(s));
  const isFinal = !error.retryable && !mayRecover;
  const retryAt = isFinal
    ? never
    : s.clock.device + backoff(failures, s.reading.random, error.retryAfter);
  changeRequest(s, key, { isRunning: false, isRequested: false, failures, error, retryAt });
  s.isFailing = error.retryable;
  // The source refused a request that needs a session, so the session may have ended.
  if (needsLogin(error)) s.verification = { kind: 'session', notBefore: 0 };
  if (key !== 'session' || error.retryable) return;
  // The source will not answer, so the known facts count.
  s.isAnswered = true;
  s.verification = null;
  if (s.act.kind === 'signed-in') s.act = { ...s.act, kind: 'none' };
}

/** The results of the current attempts are not used any more, and the shell aborts them. */
export function cancelRequests(s: Draft, isCancelled: (key: string) => boolean): void {
  changeRequests(
    s,
    ({ attempt }, key) => isCancelled(key) && { isRunning: false, attempt: attempt + 1 },
  );
}

export function cancelRequest(s: Draft, key: string): void {
  cancelRequests(s, (other) => other === key);
}

export function cancelAll(s: Draft): void {
  cancelRequests(s, () => true);
}

/** Requests that were refused may be sent again; the time that a server named still holds. */
export function clearErrors(s: Draft): void {
  changeRequests(s, ({ error }) => error && !hasNamedTime(error) && { error: null, failures: 0 });
}

/** The user or the network may be back, so retries are brought forward. */
export function retryNow(s: Draft): void {
  changeRequests(s, ({ error, retryAt, triedAt }) => {
    if (!error?.retryable || hasNamedTime(error)) return null;
    const soon = Math.max(s.clock.device, triedAt + shortestPause);
    return { retryAt: Math.min(retryAt, soon) };
  });
}

/** Removes the token requests that nothing needs, so that many audiences use no memory. */
export function dropUnused(s: Draft): void {
  s.requests = filterValues(s.requests, ({ isRunning, isRequested, error, stalls, users }, key) => {
    const isUsed = isRunning || isRequested || error !== null || stalls + users > 0;
    return isUsed || !isTokenKey(key);
  });
}

function hasNamedTime({ retryable, retryAfter }: SessionError): boolean {
  return retryable && retryAfter !== undefined;
}
