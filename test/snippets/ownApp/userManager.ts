import { UserManager } from 'oidc-client-ts';

/** A `UserManager` as in docs/getting-started.md. It sends no request before it is used. */
export const userManager: UserManager = new UserManager({
  authority: 'https://login.example.com',
  client_id: 'my-app',
  redirect_uri: 'https://app.example.com/callback',
  automaticSilentRenew: false,
});
