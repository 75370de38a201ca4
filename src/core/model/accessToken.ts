import type { AccessTokenState } from '../snapshot.js';
import type { AccessTokenRequest } from '../types.js';
import type { Config } from './config.js';
import { isOpen, type TokenFact } from './facts.js';
import { type Request, requestOf, type State } from './state.js';

/** `minValidity` may ask for no more than this part of a short token's life. */
const largestMinValidity = 0.2;
const never = Number.POSITIVE_INFINITY;

const prefix = 'token:';
/** The key of the default access token. */
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

/** Something on the page keeps the token in use. */
export function isInUse(
  { isRunning, requests }: State,
  { isSilent }: Config,
  key: string,
): boolean {
  // A session that ends with its token needs to know when that is.
  const isDeadline = !isSilent && isRunning && key === defaultToken;
  return isDeadline || requestOf({ requests }, key).users > 0;
}

/** The token in hand, valid or expired. */
export function tokenOf({ signIn, tokens }: State, key: string): TokenFact | null {
  const fact = isOpen(signIn) ? tokens[key] : undefined;
  return fact?.token ? fact : null;
}

/** When it expires (device time): by the clock as it was at its receipt or as it is now, whichever is earlier. */
export function expiryOf({ clock }: State, { token, expiresAt }: TokenFact): number {
  return Math.min(expiresAt, (token?.expiresAt ?? never) - clock.offset);
}

export function isValid(state: State, fact: TokenFact | null): fact is TokenFact {
  return fact !== null && state.clock.device < expiryOf(state, fact);
}

/** Until when the token may be handed out (device time); `minValidity` in ms. */
export function usableUntil(
  state: State,
  { isSilent }: Config,
  key: string,
  minValidity: number,
): number {
  const fact = tokenOf(state, key);
  if (!fact) return 0;
  const expiry = expiryOf(state, fact);
  const { error, notBefore } = requestOf(state, key);
  // No better one can be had: it will do as long as it is valid.
  if (!isSilent || error?.retryable === false || expiry === never) return expiry;
  const usual = expiry - Math.min(minValidity, (expiry - fact.issuedAt) * largestMinValidity);
  // Nor before the refresh throttle allows it.
  return Math.max(usual, Math.min(notBefore, expiry));
}

/** When its refresh is due (device time); never where it is not renewed silently. */
export function refreshAt(state: State, { isSilent }: Config, key: string): number {
  const fact = tokenOf(state, key);
  if (!fact) return 0;
  return isSilent ? Math.max(fact.refreshAt, requestOf(state, key).notBefore) : never;
}

/** One token's state, without its value, and when that changes by itself (device time). */
export function accessTokenState(
  state: State,
  key: string,
): { shown: AccessTokenState; wakeAt: number } {
  const fact = tokenOf(state, key);
  const request = requestOf(state, key);
  const expiry = fact ? expiryOf(state, fact) : never;
  const { device, offset } = state.clock;
  return {
    shown: {
      status: statusOf(fact, request, device < expiry),
      expiresAt: expiry === never ? null : expiry + offset,
      issuedAt: fact && fact.issuedAt + offset,
      error: request.error,
    },
    wakeAt: device < expiry ? expiry : never,
  };
}

function statusOf(
  fact: TokenFact | null,
  { isRunning, error }: Request,
  isUnexpired: boolean,
): AccessTokenState['status'] {
  if (fact && isUnexpired) return isRunning ? 'refreshing' : 'fresh';
  if (isRunning) return fact ? 'expired' : 'fetching';
  if (error && !error.retryable) return 'unavailable';
  if (fact) return 'expired';
  return error ? 'unavailable' : 'none';
}
