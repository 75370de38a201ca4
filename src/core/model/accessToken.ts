import type { AccessTokenState } from '../snapshot.js';
import type { AccessTokenRequest } from '../types.js';
import { never } from './clock.js';
import { isOpen, type TokenFact } from './facts.js';
import { requestOf, type State } from './state.js';

/** `minValidity` is limited to this part of a token's life. */
const largestMinValidity = 0.2;

const prefix = 'token:';
export const defaultToken: string = `${prefix}{}`;

export function isTokenKey(key: string): boolean {
  return key.startsWith(prefix);
}

/** `hash` is a stable hash of the request as JSON. */
export function tokenKey(hash: string): string {
  return prefix + hash;
}

export function tokenRequestOf(key: string): AccessTokenRequest {
  return JSON.parse(key.slice(prefix.length)) as AccessTokenRequest;
}

/** Whether the token is kept in use, so that it is refreshed without a call. */
export function isInUse(state: State, key: string): boolean {
  // A session that ends with its token needs the token for its deadline.
  const isDeadline = !state.config.isSilent && state.isRunning && key === defaultToken;
  return isDeadline || requestOf(state, key).users > 0;
}

/** The keys of the tokens whose states are shown: the default one, and those in use. */
export function usedTokens(state: State): string[] {
  return [defaultToken, ...Object.keys(state.requests).filter((key) => isInUse(state, key))];
}

/** The token of the current sign-in, valid or expired. */
export function tokenOf({ signIn, tokens }: State, key: string): TokenFact | null {
  const fact = isOpen(signIn) ? tokens[key] : undefined;
  return fact?.token ? fact : null;
}

/** When it expires (device time): by the clock at its receipt or by the current one, whichever is earlier. */
export function expiryOf({ clock }: State, { token, expiresAt }: TokenFact): number {
  return Math.min(expiresAt, (token?.expiresAt ?? never) - clock.offset);
}

export function isValid(state: State, fact: TokenFact | null): fact is TokenFact {
  return fact !== null && state.clock.device < expiryOf(state, fact);
}

/** Until when a call may resolve with the token (device time); `minValidity` in ms. */
export function usableUntil(state: State, key: string, minValidity: number): number {
  const fact = tokenOf(state, key);
  if (!fact) return 0;
  const expiry = expiryOf(state, fact);
  const { error, notBefore } = requestOf(state, key);
  // No better token is available.
  if (!state.config.isSilent || error?.retryable === false) return expiry;
  const usual = expiry - Math.min(minValidity, (expiry - fact.issuedAt) * largestMinValidity);
  // The refresh throttle allows no refresh before.
  return Math.max(usual, Math.min(notBefore, expiry));
}

/** When its refresh is due (device time); never if tokens are not refreshed silently. */
export function refreshAt(state: State, key: string): number {
  const fact = tokenOf(state, key);
  if (!fact) return 0;
  return state.config.isSilent ? Math.max(fact.refreshAt, requestOf(state, key).notBefore) : never;
}

/** The state of one token, without its value. */
export function accessTokenState(state: State, key: string): AccessTokenState {
  const fact = tokenOf(state, key);
  const expiry = fact ? expiryOf(state, fact) : never;
  const { offset } = state.clock;
  return {
    status: tokenStatus(state, key),
    expiresAt: expiry === never ? null : expiry + offset,
    issuedAt: fact && fact.issuedAt + offset,
    error: requestOf(state, key).error,
  };
}

function tokenStatus(state: State, key: string): AccessTokenState['status'] {
  const fact = tokenOf(state, key);
  const { isRunning, error } = requestOf(state, key);
  if (isValid(state, fact)) return isRunning ? 'refreshing' : 'fresh';
  if (isRunning) return fact ? 'expired' : 'fetching';
  if (fact && error?.retryable !== false) return 'expired';
  return error ? 'unavailable' : 'none';
}

/** When the token expires (device time); never if it has expired. */
export function tokenExpiresAt(state: State, key: string): number {
  const fact = tokenOf(state, key);
  return isValid(state, fact) ? expiryOf(state, fact) : never;
}
