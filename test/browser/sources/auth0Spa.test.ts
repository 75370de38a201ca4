import { startAuth0Provider } from './auth0Provider.ts';
import { driveSource } from './drive.ts';

/** In s: short, so that twelve lifetimes fit into a test. */
const accessTokenTtl = 2;

driveSource({
  page: 'auth0-spa',
  tokenLifetime: accessTokenTtl * 1_000,
  async startServer(app) {
    const provider = await startAuth0Provider({ app, accessTokenTtl });
    const { domain, clientId, grantTimes, counts, stop, start, endSessions } = provider;
    return {
      settings: { domain, clientId },
      renewals: grantTimes,
      refusals: () => counts().refusedRefreshes,
      stop,
      start,
      endSessions,
    };
  },
  completeSignIn: (page) => page.getByRole('button', { name: /Ada/ }).click(),
});
