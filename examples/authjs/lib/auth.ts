import type { NextAuthOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import { authJsRoutes, keepSignIn, refreshGrant } from 'session-clock/sources/auth-js-server';
import { sessionMaxAge } from './settings';

const { NEXTAUTH_SECRET: secret = '', ISSUER: issuer = '', CLIENT_ID: clientId = '' } = process.env;
const scope = 'openid profile email offline_access';

export const authOptions: NextAuthOptions = {
  secret,
  session: { strategy: 'jwt', maxAge: sessionMaxAge },
  jwt: { maxAge: sessionMaxAge },
  callbacks: { jwt: keepSignIn },
  providers: [
    {
      id: 'demo',
      name: 'the demo provider',
      type: 'oauth',
      wellKnown: `${issuer}/.well-known/openid-configuration`,
      clientId,
      // A public client; yours has a `clientSecret`.
      client: { token_endpoint_auth_method: 'none' },
      authorization: { params: { scope, prompt: 'consent' } },
      idToken: true,
      checks: ['pkce', 'state'],
      profile: ({ sub, name, email }) => ({ id: sub, name, email }),
    },
  ],
};

/** The routes of the session and of the access token. */
export const routes = authJsRoutes({
  decode,
  encode,
  secret,
  maxAge: sessionMaxAge,
  refresh: refreshGrant({ tokenEndpoint: `${issuer}/token`, clientId }),
});
