import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** Stores the user in `localStorage`, as an app does whose tabs share a sign-in. */
export function createUserManager(): UserManager {
  const { issuer, clientId } = JSON.parse(localStorage.getItem('bench') ?? '{}') as {
    issuer: string;
    clientId: string;
  };
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}/callback.html`,
    scope: 'openid profile email offline_access notes:read',
    prompt: 'consent',
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: localStorage }),
  });
}
