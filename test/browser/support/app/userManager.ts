import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** What the server tells the page. */
export interface Settings {
  readonly issuer: string;
  readonly apiUrl: string;
  readonly clientId: string;
}

export async function readSettings(): Promise<Settings> {
  const response = await fetch('/settings.json');
  return (await response.json()) as Settings;
}

export function createUserManager(settings: Settings, store: Storage): UserManager {
  return new UserManager({
    authority: settings.issuer,
    client_id: settings.clientId,
    redirect_uri: `${location.origin}/callback.html`,
    scope: 'openid profile email offline_access notes:read',
    prompt: 'consent',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store }),
    stateStore: new WebStorageStateStore({ store }),
  });
}

/** The SDK's store: `localStorage`, or with `?store=memory` the memory of this page. */
export function storeOf(params: URLSearchParams): Storage {
  return params.get('store') === 'memory' ? new InMemoryWebStorage() : localStorage;
}
