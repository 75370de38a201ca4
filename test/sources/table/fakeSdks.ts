import type { Auth0SpaClient } from '../../../src/sources/auth0-spa.js';
import type { OidcUser, OidcUserManager } from '../../../src/sources/oidc-client.js';

/** An unsigned JWT that expires in ten minutes. */
export function jwt(claims: object): string {
  const exp = Math.floor(Date.now() / 1_000) + 600;
  return `e30.${Buffer.from(JSON.stringify({ exp, ...claims })).toString('base64url')}.x`;
}

const claims = { sub: 'ada', auth_time: 1_700_000_000, acr: '1' };

/** An SDK in which Ada is signed in. Its windows and navigations are those of the page. */
export function fakeAuth0(): Auth0SpaClient {
  return {
    getConfiguration: () => ({ domain: 'auth0.test', clientId: 'app' }),
    getIdTokenClaims: async () => ({ ...claims, session_expiry: Date.now() / 1_000 + 600 }),
    getUser: async () => ({ sub: 'ada' }),
    getTokenSilently: async () => ({
      access_token: jwt({ jti: Math.random() }),
      id_token: jwt(claims),
      expires_in: 600,
    }),
    loginWithPopup: async () => {},
    loginWithRedirect: async () => location.assign('/authorize'),
    handleRedirectCallback: async () => ({}),
    logout: async ({ openUrl }) => {
      if (openUrl !== false) location.assign('/v2/logout');
    },
  };
}

/** As `fakeAuth0()`. */
export function fakeUserManager(): OidcUserManager {
  const createUser = (): OidcUser => ({
    access_token: jwt({ jti: Math.random() }),
    id_token: jwt(claims),
    refresh_token: jwt({}),
    token_type: 'Bearer',
    profile: claims,
    expires_in: 600,
    expired: false,
  });
  const ignore = (): void => {};
  return {
    settings: {
      authority: 'https://op.test',
      client_id: 'app',
      automaticSilentRenew: false,
      redirect_uri: 'http://app.test/callback',
      silent_redirect_uri: 'http://app.test/callback',
    },
    events: {
      addUserLoaded: ignore,
      removeUserLoaded: ignore,
      addUserUnloaded: ignore,
      removeUserUnloaded: ignore,
      addUserSignedOut: ignore,
      removeUserSignedOut: ignore,
    },
    metadataService: { getEndSessionEndpoint: async () => 'https://op.test/end' },
    getUser: async () => createUser(),
    removeUser: async () => {},
    storeUser: async () => {},
    signinSilent: async () => createUser(),
    signinPopup: async () => {
      open('/authorize');
      return createUser();
    },
    signinRedirect: async () => location.assign('/authorize'),
    signinCallback: async () => createUser(),
    signoutPopup: async () => void open('/end'),
    signoutRedirect: async () => location.assign('/end'),
    signoutCallback: async () => undefined,
    querySessionStatus: async () => null,
  };
}
