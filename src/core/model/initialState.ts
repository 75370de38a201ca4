import type { Session } from '../types.js';
import { longAgo, startClock } from './clock.js';
import type { Config, Reading } from './config.js';
import { newSignIn } from './facts.js';
import { nextStamp, noStamp } from './stamp.js';
import type { State } from './state.js';

/** `session`: rendered by the server; `null`: it rendered no session; `undefined`: it did not state any. */
export function initialState(
  session: Session | null | undefined,
  reading: Reading,
  config: Config,
): State {
  const clock = startClock(reading);
  const stamp = nextStamp(noStamp, reading.wall, config.tab);
  return {
    config,
    // Without a stamp until the sync, because the other tabs may have newer facts of this sign-in.
    signIn: session ? newSignIn({ clock, config }, session, noStamp) : null,
    tokens: {},
    clock,
    reading,
    latest: stamp,
    newestToken: noStamp,
    isRunning: false,
    isSuspended: false,
    isSyncing: false,
    syncedAt: longAgo,
    isAnswered: session !== undefined,
    own: session === null ? { user: null, stamp, at: clock.device } : null,
    confirmed: noStamp,
    conflict: null,
    detachedFrom: noStamp,
    verification: null,
    shown: session ?? null,
    hiddenReason: null,
    cleared: noStamp,
    clearedAt: longAgo,
    loginStartedAt: noStamp,
    requests: {},
    isFailing: false,
    act: { kind: 'none', id: 0, since: noStamp },
    activeAt: longAgo,
    prompts: { login: 0, expiry: 0 },
    calls: [],
    settled: [],
    slept: 0,
  };
}
