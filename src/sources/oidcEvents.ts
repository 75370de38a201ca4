import type { SourceEvent } from '../core/types.js';
import { toOidcError } from './oidcErrors.js';
import { toSession } from './oidcUser.js';
import type { OidcUser, OidcUserManager } from './oidcUserManager.js';

/** What the app does with its SDK by itself, and what the provider's session monitor says. */
export function listen(
  userManager: OidcUserManager,
  isOurLoad: () => boolean,
  onEvent: (event: SourceEvent) => void,
): () => void {
  const { events } = userManager;
  const onLoaded = (user: OidcUser): void => {
    if (!isOurLoad()) onEvent({ type: 'session', session: toSession(user) });
  };
  const onUnloaded = (): void => {
    onEvent({ type: 'session', session: null });
  };
  const onSignedOut = (): void => {
    // The session monitor says "signed out" for every error too: only the provider's word counts.
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
