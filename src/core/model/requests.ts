import { needsLogin, type SessionError } from '../errors.js';
import { isTokenKey } from './accessToken.js';
import { backoff } from './backoff.js';
import { mapValues } from './mapValues.js';
import { type Draft, type Request, requestOf } from './state.js';

const never = Number.POSITIVE_INFINITY;
/** A retry is brought forward, but no sooner than this after the last attempt (ms). */
const shortestPause = 1_000;

export function changeRequest(s: Draft, key: string, change: Partial<Request>): void {
  s.requests = { ...s.requests, [key]: { ...requestOf(s, key), ...change } };
}

export function startRequest(s: Draft, key: string): void {
  changeRequest(s, key, { isRunning: true, isRequested: false, triedAt: s.clock.device });
}

/** The request was answered; what it answered is another input's. */
export function finishRequest(s: Draft, key: string): void {
  changeRequest(s, key, { isRunning: false, isRequested: false, error: null, failures: 0 });
  s.isFailing = false;
}

export function failRequest(s: Draft, key: string, error: SessionError): void {
  const failures = requestOf(s, key).failures + 1;
  const isFinal = !error.retryable && key !== 'extend';
  const retryAt = isFinal
    ? never
    : s.clock.device + backoff(failures, s.reading.random, error.retryAfter);
  changeRequest(s, key, { isRunning: false, isRequested: false, failures, error, retryAt });
  s.isFailing = error.retryable;
  // The source refuses what needs a session: it is asked whether there still is one.
  if (needsLogin(error)) s.verification = { kind: 'session', notBefore: 0 };
  if (key !== 'session' || error.retryable) return;
  // It will not be answered: what is known has to do.
  s.isAnswered = true;
  s.verification = { kind: 'none' };
  if (s.act.kind === 'signed-in') s.act = { ...s.act, kind: 'none' };
}

/** An answer to it does not count any more, and the shell aborts it. */
export function cancelRequest(s: Draft, key: string): void {
  changeRequest(s, key, { isRunning: false, attempt: requestOf(s, key).attempt + 1 });
}

export function cancelRunning(s: Draft): void {
  for (const [key, { isRunning }] of Object.entries(s.requests)) {
    if (isRunning) cancelRequest(s, key);
  }
}

export function cancelTokens(s: Draft): void {
  for (const key of Object.keys(s.requests)) if (isTokenKey(key)) cancelRequest(s, key);
}

/** What was refused may be asked for again; a server that named a time gets it. */
export function clearErrors(s: Draft): void {
  s.requests = mapValues(s.requests, (request) =>
    request.error && !hasNamedTime(request.error)
      ? { ...request, error: null, failures: 0 }
      : request,
  );
}

/** The user or the network may be back: retries are brought forward. */
export function retryNow(s: Draft): void {
  s.requests = mapValues(s.requests, (request) => {
    const { error, retryAt, triedAt } = request;
    if (!error?.retryable || hasNamedTime(error)) return request;
    const soon = Math.max(s.clock.device, triedAt + shortestPause);
    return { ...request, retryAt: Math.min(retryAt, soon) };
  });
}

/** Requests that nothing needs any more are forgotten, so that many audiences cost nothing. */
export function dropUnused(s: Draft): void {
  const isNeeded = ([key, request]: [string, Request]): boolean =>
    !isTokenKey(key) ||
    request.isRunning ||
    request.isRequested ||
    request.error !== null ||
    request.stalls > 0 ||
    request.users > 0;
  s.requests = Object.fromEntries(Object.entries(s.requests).filter(isNeeded));
}

function hasNamedTime({ retryable, retryAfter }: SessionError): boolean {
  return retryable && retryAfter !== undefined;
}
