import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { createSessionClient, hybrid, type SessionClient, type SessionEvent } from 'session-clock';
import { oidcClient } from 'session-clock/sources/oidc-client';
import type { demo } from './demo';
import { logEvent } from './eventLog';
import { readNote } from './note';
import { observe } from './progress';

/** The page to which the provider redirects: the story "Callback". */
const callback = `${location.origin}/iframe.html?id=live--callback&viewMode=story`;

export function createUserManager({ issuer, clientId }: NonNullable<typeof demo>): UserManager {
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: callback,
    popup_post_logout_redirect_uri: callback,
    scope: 'openid profile email offline_access notes:read',
    prompt: 'consent',
    automaticSilentRenew: false,
    // Tokens stay in memory, so that an injected script finds none in web storage.
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
  });
}

export function createLiveClient(userManager: UserManager): SessionClient {
  return createSessionClient({
    source: oidcClient(userManager),
    policy: hybrid({ idle: '3m' }),
    onEvent: recordEvent,
  });
}

/** Adds the event to the list of events, and checks off the steps that it finishes. */
export function recordEvent(event: SessionEvent): void {
  logEvent(event);
  observe({ type: 'event', event, note: readNote() });
}
