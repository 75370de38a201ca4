import { Auth0Client } from '@auth0/nextjs-auth0/server';
import type { Session } from 'session-clock';
import { toInitialSession } from 'session-clock/sources/nextjs-auth0-server';
import { store } from './sessions';
import { sessionStartClaim } from './settings';

export const auth0 = new Auth0Client({
  domain: process.env.AUTH0_DOMAIN,
  clientId: process.env.AUTH0_CLIENT_ID,
  clientSecret: process.env.AUTH0_CLIENT_SECRET,
  secret: process.env.AUTH0_SECRET,
  appBaseUrl: process.env.APP_BASE_URL,
  // The provider of this example runs on this machine, without TLS.
  allowInsecureRequests: true,
  authorizationParameters: { scope: 'openid profile email offline_access notes:read' },
  session: { rolling: true, absoluteDuration: 3_600, inactivityDuration: 180 },
  // Without a store the session is in the cookie, and the provider cannot end it.
  ...(process.env.SESSIONS !== 'cookie' && { sessionStore: store }),
  // The browser cannot read the cookie; it computes the end from this start and the policy's durations.
  async beforeSessionSaved(session) {
    const { createdAt } = session.internal;
    return { ...session, user: { ...session.user, [sessionStartClaim]: createdAt } };
  },
});

/** The current session, for the first render of a page. */
export async function readSession(): Promise<Session | null> {
  const session = await auth0.getSession();
  return toInitialSession(session?.user, { sessionStartClaim });
}
