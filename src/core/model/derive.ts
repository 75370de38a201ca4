import type { Snapshot } from '../snapshot.js';
import { accessTokenState, defaultToken } from './accessToken.js';
import type { Config } from './config.js';
import { sessionStatus } from './sessionStatus.js';
import type { State } from './state.js';
import { loginRequired } from './waitingCalls.js';

/** What can be seen of the client: a pure function of the state, and with it of the time. */
export function derive(state: State, config: Config): Snapshot {
  return {
    ...sessionStatus(state, config).shown,
    accessToken: accessTokenState(state, defaultToken).shown,
    loginRequired: loginRequired(state, config),
  };
}
