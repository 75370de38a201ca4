import type { SourceEvent } from '../core/sessionSource.js';
import type { Session } from '../core/types.js';
import { toOidcError } from './oidcErrors.js';
import type { OidcUser, OidcUserManager } from './oidcUserManager.js';

/**
 * Reports changes that the app makes through its SDK, and the result of the SDK's session monitor.
 * `readLoad` returns the session of a user whom the SDK has loaded, or `null` if it is no change.
 */
export function subscribeToUserManager(
  userManager: OidcUserManager,
  readLoad: (user: OidcUser) => Session | null,
  onEvent: (event: SourceEvent) => void,
): () => void {
  const { events } = userManager;
  const onLoaded = (user: OidcUser): void => {
    const session = readLoad(user);
    if (session) onEvent({ type: 'session', session });
  };
  const onUnloaded = (): void => {
    onEvent({ type: 'session', session: null });
  };
  const onSignedOut = (): void => {
    // The session monitor also reports "signed out" for every error, so the provider must confirm it.
    userManager.querySessionStatus().catch((error: unknown) => {
      if (toOidcError(error).code === 'ERR_LOGIN_REQUIRED') onEvent({ type: 'revoked' });
    });
  };
  events.addUserLoaded(onLoaded);
  events.addUserUnloaded(onUnloaded);
  events.addUserSignedOut(onSignedOut);
  return () => {
    events.removeUserLoaded(onLoaded);
    events.removeUserUnloaded(onUnloaded);
    events.removeUserSignedOut(onSignedOut);
  };
}
