import { toMsOrZero } from './duration.js';
import { checkReturnTo } from './returnTo.js';
import type { LoginRequest } from './types.js';

/** Throws a `TypeError` for a request that no source could carry out. */
export function checkLoginRequest({ returnTo, maxAge = 0 }: LoginRequest): void {
  checkReturnTo(returnTo);
  toMsOrZero(maxAge, 'maxAge');
}
