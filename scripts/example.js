// @ts-check
import { ensureDependencies } from './dependencies.js';
import { freePort } from './ports.js';

/** Builds the Next.js app, starts it together with a provider, and prints the addresses. */
async function main() {
  ensureDependencies();
  const port = await freePort(3_000);
  const { buildExample, startExample } = await import('../examples/nextjs-auth0/serve.js');
  console.log('Building the app …');
  buildExample();
  const app = await startExample({ port });
  console.log(`
  The app          ${app.origin}
  Sign in as       Ada Lovelace or Grace Hopper
  The provider     ${app.issuer}

  End the session (back-channel logout)   curl ${app.apiUrl}/control/back-channel-logout
  Revoke the refresh token                curl ${app.apiUrl}/control/revoke
  Stop, start the provider                curl ${app.apiUrl}/control/provider/stop, …/provider/start

  Ctrl-C stops everything.
`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, async () => {
      console.log('\nStopping …');
      await app.stop();
      process.exit(0);
    });
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
