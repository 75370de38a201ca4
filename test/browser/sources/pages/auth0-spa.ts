import { Auth0Client } from '@auth0/auth0-spa-js';
import { auth0Spa, auth0SpaCallback } from '../../../../src/sources/auth0-spa.js';
import { startDriven } from './driven';

const { domain = '', clientId = '' } = window.settings;

const client = new Auth0Client({
  domain,
  clientId,
  useRefreshTokens: true,
  useRefreshTokensFallback: true,
  authorizationParams: { redirect_uri: location.origin },
});
await auth0SpaCallback(client);
startDriven(auth0Spa(client), async () => (await client.getUser()) !== undefined);
