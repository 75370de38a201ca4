import { toMsOrZero } from '../duration.js';
import { makeError } from '../errorMessages.js';
import { SessionError } from '../errors.js';
import { omitUndefined } from '../omitUndefined.js';
import type { Instant, Session, StepUpRequest } from '../types.js';
import type { SessionClient } from './sessionClient.js';

/** A provider states the time of an authentication in whole seconds, by its own clock (ms). */
const tolerance = 2_000;

let lastCall = 0;

/**
 * Resolves when the user's authentication meets `request`: at once if it does already, else after a new
 * sign-in with this requirement (OpenID Connect `max_age` and `acr_values`). The server must check the
 * authentication as well. Rejects with a `SessionError`, `ERR_STEP_UP_REQUIRED` if no dialog can ask
 * the user or the provider does not confirm the requirement; with a `TypeError` for an invalid `maxAge`.
 */
export async function stepUp(client: SessionClient, request: StepUpRequest): Promise<void> {
  const { acrValues, maxAge, force = false, onExpired = 'wait', signal } = request;
  const oldest = toMsOrZero(maxAge ?? 0, 'maxAge');
  signal?.throwIfAborted();
  const before = await currentSession(client, signal);
  const askedAt = client.now();
  if (before && !force && isMet(before, request, askedAt - oldest)) return;
  if (onExpired === 'throw') throw makeError('stepUp');
  const notBefore = askedAt - Math.max(oldest, tolerance);
  const key = `step-up:${++lastCall}`;
  const stop = client.subscribe(() => {
    const { session, status } = client.getSnapshot();
    if (!session || status === 'expired') return;
    // With `force`, an API has refused the former authentication.
    const isNew = !force || isSince(session, askedAt - tolerance);
    if (isNew && isMet(session, request, notBefore)) client.meetStepUp(key);
  });
  await client.waitForStepUp(omitUndefined({ acrValues, maxAge }), key, signal).finally(stop);
  // If the session does not state the authentication, only the API can check it.
  const after = await client.getSession(omitUndefined({ signal }));
  if (isMet(after, request, notBefore) === false) throw unconfirmed();
}

/** The session; `null` if it has ended while the page was in use. */
async function currentSession(
  client: SessionClient,
  signal: AbortSignal | undefined,
): Promise<Session | null> {
  try {
    return await client.getSession(omitUndefined({ signal }));
  } catch (error) {
    if (client.getSnapshot().session) return null;
    throw error;
  }
}

/** Whether the authentication is new enough and of a requested class; `undefined`: the session does not state it. */
function isMet(
  session: Session,
  { acrValues, maxAge }: StepUpRequest,
  notBefore: Instant,
): boolean | undefined {
  const { acr, authenticatedAt } = session;
  const isFresh = maxAge === undefined || (authenticatedAt && isSince(session, notBefore));
  const isStrong = acrValues === undefined || (acr && acrValues.includes(acr));
  if (isFresh === false || isStrong === false) return false;
  return isFresh && isStrong ? true : undefined;
}

function isSince({ authenticatedAt = 0 }: Session, notBefore: Instant): boolean {
  return authenticatedAt >= notBefore;
}

function unconfirmed(): SessionError {
  return new SessionError(
    'ERR_STEP_UP_REQUIRED',
    'The user has signed in, but the provider does not confirm the required authentication. Check that it supports max_age and acr_values for this client.',
  );
}
