import type { Snapshot } from '../snapshot.js';
import { accessTokenState, defaultToken } from './accessToken.js';
import { sessionStatus } from './sessionStatus.js';
import type { State } from './state.js';
import { loginRequired } from './waitingCalls.js';

/** The public snapshot of the state. */
export function derive(state: State): Snapshot {
  return {
    ...sessionStatus(state),
    accessToken: accessTokenState(state, defaultToken),
    loginRequired: loginRequired(state),
  };
}
