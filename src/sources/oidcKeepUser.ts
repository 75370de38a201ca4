import { refreshLockName } from '../core/shell/names.js';
import { authenticationOf } from './oidcUser.js';
import type { OidcUser, OidcUserManager } from './oidcUserManager.js';

/** A tab that holds the refresh lock for longer is not waited for (ms). */
const longestRefresh = 10_000;

/**
 * Stores `user`, who has just signed in, again if the late answer of a refresh has replaced it: the SDK
 * stores the answer for the former user whatever has happened meanwhile.
 */
export async function keepUser(userManager: OidcUserManager, user: OidcUser): Promise<void> {
  const stored = await userManager.getUser();
  // No user: a sign-out.
  if (stored && isFormer(stored, user)) await userManager.storeUser(user as never);
}

/** `keepUser()` while no tab refreshes, on a page that has no session client; `name`: of the client. */
export async function keepUserWhenQuiet(
  userManager: OidcUserManager,
  user: OidcUser,
  name: string,
): Promise<void> {
  const keep = (): Promise<void> => keepUser(userManager, user);
  const options = { signal: AbortSignal.timeout(longestRefresh) };
  // Web Locks may be missing or denied.
  await globalThis.navigator?.locks?.request(refreshLockName(name), options, keep).catch(() => {});
  await keep();
}

/**
 * Whether `stored` is of another user, or of an earlier authentication. A refresh of `user` is neither: it
 * keeps the authentication, if its ID token states one (OpenID Connect Core §12.2).
 */
function isFormer(stored: OidcUser, user: OidcUser): boolean {
  if (stored.profile.sub !== user.profile.sub) return true;
  const [before, now] = [authenticationOf(stored), authenticationOf(user)];
  return (before.authenticatedAt ?? Number.POSITIVE_INFINITY) < (now.authenticatedAt ?? 0);
}
