import { expect, it } from 'vitest';
import { client, env, onePage, source, started } from '../support/onePage.js';

onePage();

it('an SDK that has kept the former authentication of the user does not replace the newer one', async () => {
  const authenticatedAt = env.wallNow() - 60_000;
  source.session = { user: { sub: 'ada' }, authenticatedAt };
  await started();
  const newer = { user: { sub: 'ada' }, authenticatedAt: authenticatedAt + 30_000 };
  source.onEvent?.({ type: 'session', session: newer });
  expect(client.getSnapshot().session).toEqual(newer);
  await client.checkSession();
  expect(client.getSnapshot().session).toEqual(newer);
  source.session = { ...newer, authenticatedAt: authenticatedAt + 50_000 };
  await client.checkSession();
  expect(client.getSnapshot().session).toEqual(source.session);
});
