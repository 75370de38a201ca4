import { needsLogin } from '../errors.js';
import { isTokenKey, isValid, tokenOf } from './accessToken.js';
import { isOpen } from './facts.js';
import { isUnconfirmed, requestOnce } from './requests.js';
import { type Draft, requestOf, type State } from './state.js';

/** The expired tokens that only another tab can refresh. */
export function wantedTokens(state: State): string[] {
  if (!isUnconfirmed(state)) return [];
  const isWanted = (key: string): boolean =>
    needsLogin(requestOf(state, key).error) && !isValid(state, tokenOf(state, key));
  return Object.keys(state.requests).filter((key) => isTokenKey(key) && isWanted(key));
}

/** Another tab needs these tokens, and this tab's source has the sign-in. */
export function refreshWanted(s: Draft, wanted: readonly string[]): void {
  if (!isOpen(s.signIn) || isUnconfirmed(s)) return;
  for (const key of wanted) if (!isValid(s, tokenOf(s, key))) requestOnce(s, key);
}
