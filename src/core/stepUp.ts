import { toMsOrZero } from './duration.js';
import { needsLogin, SessionError } from './errors.js';
import { given } from './given.js';
import type { SessionKeeper } from './sessionKeeper.js';
import type { Instant, Session, StepUpRequest } from './types.js';

/** A provider tells the time of a sign-in in whole seconds, by a clock of its own (ms). */
const tolerance = 2_000;

/** Resolves when the person has proved who they are as `request` asks, by a new sign-in where need be. */
export async function stepUp(keeper: SessionKeeper, request: StepUpRequest): Promise<void> {
  const { acrValues, maxAge, force = false, onExpired = 'wait', signal } = request;
  const { clock, gate } = keeper;
  const oldest = toMsOrZero(maxAge ?? 0, 'maxAge');
  const before = await presentOrEnded(keeper, signal);
  const askedAt = clock.now();
  if (before && !force && isProved(before, request, askedAt - oldest)) return;
  const { owner } = keeper;
  const refusal = new SessionError(
    'ERR_STEP_UP_REQUIRED',
    'This needs a newer or stronger proof of identity. Call login() with maxAge or acrValues, or mount a <ReloginDialog>, which asks for it.',
  );
  if (onExpired === 'throw' || !gate.canAsk || owner === null) throw refusal;
  await gate.wait(owner, refusal, signal, given({ acrValues, maxAge }));
  const after = await keeper.present(signal);
  const notBefore = askedAt - Math.max(oldest, tolerance);
  // What the provider does not say is for the API to judge.
  if (isProved(after, request, notBefore) === false) throw unproved();
}

/** The session; `null` where it has ended under the person's hands. */
async function presentOrEnded(
  keeper: SessionKeeper,
  signal: AbortSignal | undefined,
): Promise<Session | null> {
  try {
    return await keeper.present(signal);
  } catch (error) {
    if (needsLogin(error) && keeper.owner !== null) return null;
    throw error;
  }
}

/** Whether the proof is not older than `notBefore`, and of a kind that was asked for; `undefined`: it does not say. */
function isProved(
  { acr, authenticatedAt }: Session,
  { acrValues, maxAge }: StepUpRequest,
  notBefore: Instant,
): boolean | undefined {
  const isFresh = maxAge === undefined || (authenticatedAt && authenticatedAt >= notBefore);
  const isStrong = acrValues === undefined || (acr && acrValues.includes(acr));
  if (isFresh === false || isStrong === false) return false;
  return isFresh && isStrong ? true : undefined;
}

function unproved(): SessionError {
  return new SessionError(
    'ERR_STEP_UP_REQUIRED',
    'The person has signed in, and the provider does not confirm the proof that was asked for. Check that it supports max_age and acr_values for this client.',
  );
}
