import { refreshGrant } from '../../../src/sources/auth-js-server.js';
import { AuthJsApp } from './authJsApp.ts';
import { driveSource } from './drive.ts';
import { startOpenIdProvider } from './openIdProvider.ts';

/** In s: short, so that twelve lifetimes fit into a test. */
const accessTokenTtl = 2;

driveSource({
  page: 'auth-js',
  tokenLifetime: accessTokenTtl * 1_000,
  async startServer(origin) {
    const provider = await startOpenIdProvider(`${origin}/api/auth/callback/op`, accessTokenTtl);
    const { issuer, clientId, grantTimes, refusals, endSessions } = provider;
    const app = new AuthJsApp({
      origin,
      providers: [toAuthJsProvider(issuer, clientId)],
      refresh: refreshGrant({ tokenEndpoint: `${issuer}/token`, clientId }),
    });
    let isDown = false;
    return {
      settings: {},
      handle: (request, response) =>
        isDown ? void response.destroy() : app.handle(request, response),
      renewals: () => grantTimes,
      refusals,
      async stop() {
        isDown = true;
        await provider.stop();
      },
      async start() {
        await provider.start();
        isDown = false;
      },
      endSessions,
    };
  },
  async completeSignIn(page) {
    await page.getByRole('button', { name: /Sign in with/ }).click();
    await page.getByRole('button', { name: /Ada/ }).click();
  },
});

function toAuthJsProvider(
  issuer: string,
  clientId: string,
): ConstructorParameters<typeof AuthJsApp>[0]['providers'][number] {
  return {
    id: 'op',
    name: 'the provider',
    type: 'oauth',
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId,
    client: { token_endpoint_auth_method: 'none' },
    authorization: { params: { scope: 'openid profile email offline_access', prompt: 'consent' } },
    idToken: true,
    checks: ['pkce', 'state'],
    profile: ({ sub, name, email }) => ({ id: sub, name, email }),
  };
}
