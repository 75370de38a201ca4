import type { Session } from '../types.js';
import { startClock } from './clock.js';
import type { Config, Reading } from './config.js';
import { newSignIn } from './facts.js';
import { nextStamp, noStamp } from './stamp.js';
import { longAgo, type State } from './state.js';

/** `session`: the session that the server rendered; `null`: no user is signed in; `undefined`: it did not say. */
export function initialState(
  session: Session | null | undefined,
  reading: Reading,
  config: Config,
): State {
  const clock = startClock(reading);
  const stamp = nextStamp(noStamp, reading.wall, config.tab);
  return {
    tab: config.tab,
    // Without a stamp as long as the other tabs may know more of this sign-in.
    signIn: session
      ? newSignIn(session, config.userOf(session), noStamp, false, clock.device)
      : null,
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
    own: session === null ? { user: null, stamp } : null,
    confirmed: noStamp,
    dispute: null,
    assertedAt: longAgo,
    detachedFrom: noStamp,
    verification: { kind: 'none' },
    shown: session ?? null,
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
    sleeps: 0,
  };
}
