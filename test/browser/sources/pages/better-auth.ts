import { createAuthClient } from 'better-auth/client';
import { betterAuth } from '../../../../src/sources/better-auth.js';
import { startDriven } from './driven';

const client = createAuthClient();
const login = { page: '/sign-in', popupReturn: '/signed-in' };
startDriven(betterAuth(client, { login }), async () => {
  const { data } = await client.getSession({ query: { disableRefresh: true } });
  return data !== null;
});
