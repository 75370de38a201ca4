import { toMsOrZero } from './duration.js';
import { userChanged } from './endings.js';
import { needsLogin } from './errors.js';
import type { SessionKeeper } from './sessionKeeper.js';
import type { Duration, GetAccessTokenOptions } from './types.js';

/** Longer than a call is under way (ms). */
const defaultMinValidity = 10_000;

/** The token in hand, where it will do: the fast way, which touches no state. */
export function tokenInHand(
  keeper: SessionKeeper,
  options: GetAccessTokenOptions,
): Promise<string> | undefined {
  keeper.catchUp();
  const { status } = keeper.store.snapshot;
  if (status !== 'active' && status !== 'expiring') return undefined;
  return keeper.tokens.peek(options, readMinValidity(options.minValidity), keeper.clock.now());
}

/** Fetches a token, and waits for a person to sign in where nothing else helps. */
export async function demandToken(
  keeper: SessionKeeper,
  options: GetAccessTokenOptions,
): Promise<string> {
  const { forceRefresh = false, onExpired = 'wait', signal } = options;
  const { gate, tokens } = keeper;
  let { owner } = keeper;
  for (let force = forceRefresh; ; force = false) {
    const { signIns } = keeper;
    try {
      const { sub } = (await keeper.present(signal)).user;
      owner ??= sub;
      if (owner !== sub) throw userChanged();
      return await tokens.obtain(options, force, signal);
    } catch (error) {
      // Refused before a sign-in that has come since: that refusal is history.
      if (needsLogin(error) && signIns !== keeper.signIns) continue;
      // Who has signed out on purpose is not asked to sign in.
      const isAsked = onExpired === 'wait' && gate.canAsk && keeper.owner !== null;
      if (!needsLogin(error) || !isAsked || !owner) throw error;
      await gate.wait(owner, error, signal);
    }
  }
}

/** In ms; 0 will do too. Throws a `TypeError` for what is no duration. */
function readMinValidity(minValidity: Duration = defaultMinValidity): number {
  return toMsOrZero(minValidity, 'minValidity');
}
