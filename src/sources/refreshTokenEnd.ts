import { readJwtDates } from '../core/jwt.js';
import type { Instant } from '../core/types.js';
import type { OidcUser, OidcUserManager } from './oidcUserManager.js';

/** An end that lies further ahead is not stated: no user waits for it (ms). */
const oneYear = 31_536_000_000;

/** The end of a user's refresh token (server time), if the token is a JWT with `exp`. */
export function refreshTokenEnd({ refresh_token }: OidcUser): Instant | undefined {
  const { expiresAt = Number.POSITIVE_INFINITY } = readJwtDates(refresh_token ?? '');
  return expiresAt < Date.now() + oneYear ? expiresAt : undefined;
}

/**
 * Whether all tabs have the same refresh token. If each tab has its own, the end of one is not the end of
 * the session: another tab may still refresh.
 */
export function isUserShared({ settings }: OidcUserManager): boolean {
  try {
    return Object.values(Object(settings.userStore)).includes(localStorage);
  } catch {
    // The page may not use `localStorage`, so the store does not either.
    return false;
  }
}
