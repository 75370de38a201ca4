import { toMsOrZero } from './duration.js';
import { SessionError } from './errors.js';
import { given } from './given.js';
import type { SessionClient } from './sessionClient.js';
import type { Instant, Session, StepUpRequest } from './types.js';

/** A provider tells the time of a sign-in in whole seconds, by a clock of its own (ms). */
const tolerance = 2_000;

/**
 * Resolves when the person has proved who they are as `request` asks: at once where they have, else
 * after the next sign-in, which is told of it (OpenID Connect `max_age` and `acr_values`). The server
 * must check it all the same. Rejects with a `SessionError`: `ERR_STEP_UP_REQUIRED` where nothing on
 * the page can ask, or the provider does not confirm it; with a `TypeError` for a bad `maxAge`.
 */
export async function stepUp(client: SessionClient, request: StepUpRequest): Promise<void> {
  const { acrValues, maxAge, force = false, onExpired = 'wait', signal } = request;
  const oldest = toMsOrZero(maxAge ?? 0, 'maxAge');
  signal?.throwIfAborted();
  const before = await presentOrEnded(client, signal);
  const askedAt = client.now();
  if (before && !force && isProved(before, request, askedAt - oldest)) return;
  if (onExpired === 'throw') throw unproved();
  const notBefore = askedAt - Math.max(oldest, tolerance);
  // What an API has refused is not shown by a sign-in from before.
  const isNew = (session: Session): boolean => !force || isSince(session, askedAt - tolerance);
  const isShownBy = (session: Session): boolean =>
    isNew(session) && isProved(session, request, notBefore) === true;
  const need = given({ acrValues, maxAge });
  await client.waitForProof(unproved(), { need, isShownBy }, signal);
  // What the provider does not say is for the API to judge.
  const after = await client.getSession(signal);
  if (isProved(after, request, notBefore) === false) throw unconfirmed();
}

/** The session; `null` where it has ended under the person's hands. */
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

/** Whether the proof is not older than `notBefore`, and of a kind that was asked for; `undefined`: it does not say. */
function isProved(
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

function unproved(): SessionError {
  return new SessionError(
    'ERR_STEP_UP_REQUIRED',
    'This needs a newer or stronger proof of identity. Call login() with maxAge or acrValues, or mount a <ReloginDialog>, which asks for it.',
  );
}

function unconfirmed(): SessionError {
  return new SessionError(
    'ERR_STEP_UP_REQUIRED',
    'The person has signed in, and the provider does not confirm the proof that was asked for. Check that it supports max_age and acr_values for this client.',
  );
}
