import { toMsOrZero } from '../duration.js';
import { makeError } from '../errorMessages.js';
import { SessionError } from '../errors.js';
import { omitUndefined } from '../omitUndefined.js';
import type { Instant, Session, StepUpRequest } from '../types.js';
import type { SessionClient } from './sessionClient.js';

/** A provider tells the time of a sign-in in whole seconds, by a clock of its own (ms). */
const tolerance = 2_000;

let lastCall = 0;

/**
 * Resolves when the user's authentication meets `request`: at once where it does, else after the next
 * sign-in, which is asked for it (OpenID Connect `max_age` and `acr_values`). The server must check it all
 * the same. Rejects with a `SessionError`: `ERR_STEP_UP_REQUIRED` where nothing on the page can ask, or the
 * provider does not confirm it; with a `TypeError` for a bad `maxAge`.
 */
export async function stepUp(client: SessionClient, request: StepUpRequest): Promise<void> {
  const { acrValues, maxAge, force = false, onExpired = 'wait', signal } = request;
  const oldest = toMsOrZero(maxAge ?? 0, 'maxAge');
  signal?.throwIfAborted();
  const before = await presentOrEnded(client, signal);
  const askedAt = client.now();
  if (before && !force && isMet(before, request, askedAt - oldest)) return;
  if (onExpired === 'throw') throw makeError('stepUp');
  const notBefore = askedAt - Math.max(oldest, tolerance);
  const key = `step-up:${++lastCall}`;
  const stop = client.subscribe(() => {
    const { session, status } = client.getSnapshot();
    if (!session || status === 'expired') return;
    // What an API has refused is not met by an authentication from before.
    const isNew = !force || isSince(session, askedAt - tolerance);
    if (isNew && isMet(session, request, notBefore)) client.meetStepUp(key);
  });
  await client.waitForStepUp(omitUndefined({ acrValues, maxAge }), key, signal).finally(stop);
  // What the provider does not state is for the API to judge.
  const after = await client.getSession(signal);
  if (isMet(after, request, notBefore) === false) throw unconfirmed();
}

/** The session; `null` where it has ended while the page was in use. */
async function presentOrEnded(
  client: SessionClient,
  signal: AbortSignal | undefined,
): Promise<Session | null> {
  try {
    return await client.getSession(signal);
  } catch (error) {
    if (client.getSnapshot().session) return null;
    throw error;
  }
}

/** Whether the authentication is not older than `notBefore`, and of a kind that was asked for; `undefined`: the session does not say. */
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
    'The user has signed in, and the provider does not confirm what was asked for. Check that it supports max_age and acr_values for this client.',
  );
}
