import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** What a test sets for all pages of a browser profile. */
export interface Settings {
  issuer: string;
  apiUrl: string;
  clientId: string;
  /** Where the SDK stores its user: for all tabs, or for each tab (`session` is the SDK's default). */
  store: 'local' | 'session' | 'memory';
  policy: 'absolute' | 'rolling' | 'hybrid';
  /** Whether a tab without a user asks the provider for its session in a hidden frame. */
  restoreSession: boolean;
  /** The time limit of a request, as a duration. */
  timeout: `${number}s`;
}

export const settings: Settings = JSON.parse(localStorage.getItem('settings') ?? '{}') as Settings;

const stores = {
  local: () => localStorage,
  session: () => sessionStorage,
  memory: () => new InMemoryWebStorage(),
};

export function createUserManager(): UserManager {
  const callback = `${location.origin}/callback.html`;
  return new UserManager({
    authority: settings.issuer,
    client_id: settings.clientId,
    redirect_uri: callback,
    silent_redirect_uri: settings.restoreSession ? callback : '',
    post_logout_redirect_uri: `${location.origin}/`,
    popup_post_logout_redirect_uri: callback,
    scope: 'openid profile email offline_access notes:read',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: stores[settings.store]() }),
  });
}
