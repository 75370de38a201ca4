import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** As an app sets it up whose tabs share a sign-in: the user is in `localStorage`. */
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
