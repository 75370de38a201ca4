import { defaultToken } from '../../../src/core/model/accessToken.js';
import type { Config, Reading } from '../../../src/core/model/config.js';
import { initialState } from '../../../src/core/model/initialState.js';
import type { Input } from '../../../src/core/model/input.js';
import type { Call, State } from '../../../src/core/model/state.js';
import { update } from '../../../src/core/model/update.js';
import { type AccessToken, hybrid, type Session } from '../../../src/index.js';

/** When every test begins (epoch ms). */
export const start: number = Date.UTC(2026, 0, 1);
export const ada: Session = { user: { sub: 'ada' } };
export const grace: Session = { user: { sub: 'grace' } };

export function configOf(options: Partial<Config> = {}): Config {
  return {
    tab: 'a',
    openedAt: start,
    policy: hybrid({ idle: '30m' }),
    refreshWindow: [0.5, 0.95],
    maxWait: 10_000,
    checkEvery: null,
    readingExtends: false,
    checksOnFocus: true,
    hasTokens: true,
    canExtend: false,
    hideAfter: [],
    canClear: false,
    storageDelay: 0,
    isSilent: true,
    hasOtherTabs: false,
    userOf: ({ user }) => user.sub,
    ...options,
  };
}

/** The reading of the device `ms` after the start; `sleep`: how much of that time it slept (ms). */
export function at(ms: number, options: Partial<Reading> = {}, sleep = 0): Reading {
  return {
    wall: start + ms,
    monotonic: ms - sleep,
    online: true,
    visible: true,
    random: 0.5,
    ...options,
  };
}

/** The state after `inputs`; each has its time (ms after the start). */
export function play(
  config: Config,
  ...inputs: readonly (readonly [ms: number, input: Input])[]
): State {
  return inputs.reduce(
    (state, [ms, input]) => update(state, input, at(ms)),
    initialState(undefined, at(0), config),
  );
}

/** A token of the source, which has been requested; it is valid for a minute after the start. */
export function tokenAnswer(fields: Partial<AccessToken> = {}): Input {
  const token = { value: 't', expiresAt: start + 60_000, ...fields };
  return { type: 'token', request: defaultToken, token, isForced: true, roundTrip: 0 };
}

/** A call for the default token. */
export function tokenCall(fields: Partial<Call> = {}): Input {
  const call: Call = {
    id: '1',
    kind: 'token',
    key: defaultToken,
    user: null,
    minValidity: 0,
    after: null,
    mayAskUser: false,
    since: start,
    requirement: null,
    ...fields,
  };
  return { type: 'call', call };
}
