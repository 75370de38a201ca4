import { isLoginCode } from '../errors.js';
import type { EndReason } from '../types.js';
import { defaultToken, isValid, tokenOf } from './accessToken.js';
import { serverNow } from './clock.js';
import type { Config } from './config.js';
import { deadlineOf } from './deadline.js';
import { requestOf, type State } from './state.js';

/** Whether the session is over by now, and why; `'verify'`: only the source or the other tabs can say. */
export function endReasonOf(state: State, config: Config): EndReason | 'verify' | null {
  if (endsWithToken(config) && isRefusedForGood(state)) return 'token-refresh-failed';
  const deadline = deadlineOf(state, config);
  if (!deadline || serverNow(state.clock) < deadline.at) return null;
  if (state.verification.kind !== 'none') return 'verify';
  if (deadline.kind !== 'idle') return 'lifetime';
  if (hasUnsentActivity(state)) return 'verify';
  // Activity in another tab counts: an idle end holds only once the others were asked after it.
  const isAgreed = !state.isSyncing && state.syncedAt + state.clock.offset >= deadline.at;
  return isAgreed || !config.hasOtherTabs ? 'idle' : 'verify';
}

/** The user was active, and the source could not be told: a failure is not an ending. */
export function hasUnsentActivity(state: State): boolean {
  const { activeAt, signIn } = state;
  return requestOf(state, 'extend').error !== null && activeAt > (signIn?.extendedAt ?? 0);
}

function endsWithToken({ policy }: Config): boolean {
  return policy.kind === 'hybrid' || policy.lifetime === 'access-token';
}

/**
 * The source refused a new token for good (`invalid_grant` and its kin, RFC 6749 §5.2), and the last one
 * has expired. A refusal counts once the own source has confirmed this very sign-in.
 */
function isRefusedForGood(state: State): boolean {
  const { error, isRunning } = requestOf(state, defaultToken);
  if (!error || !isLoginCode(error.code) || isRunning) return false;
  const isConfirmed = state.confirmed === state.signIn?.id;
  return isConfirmed && !isValid(state, tokenOf(state, defaultToken));
}
