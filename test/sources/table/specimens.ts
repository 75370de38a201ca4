import { createAuthClient } from 'better-auth/client';
import type { SessionSource } from '../../../src/index.js';
import { authJs } from '../../../src/sources/auth-js.js';
import { auth0Spa } from '../../../src/sources/auth0-spa.js';
import { betterAuth } from '../../../src/sources/better-auth.js';
import { cookieSession } from '../../../src/sources/cookie-session.js';
import { customSource } from '../../../src/sources/custom.js';
import { nextjsAuth0 } from '../../../src/sources/nextjs-auth0.js';
import { oidcClient } from '../../../src/sources/oidc-client.js';
import type { Limitation } from '../../../src/testing/index.js';
import { fakeAuth0, fakeUserManager, jwt } from './fakeSdks.ts';

/** A shipped source, and what the table of sources cannot read from it. */
export interface Specimen {
  /** The entry point, in `session-clock/sources`. */
  readonly entry: string;
  /** Its function. */
  readonly name: string;
  /** The page of the documentation, relative to `docs/sources`. */
  readonly page: string;
  /** Where the user and the tokens are kept. */
  readonly memory: string;
  /** The rules of `describeSource` that its SDK prevents. */
  readonly limitations: readonly Limitation[];
  /** The tests with the contract suite, and in Chromium, relative to `test`. */
  readonly contract: string;
  readonly driven: string;
  /** The source with all options that add something, and a user who is signed in. */
  create(): SessionSource;
  /** The answer of the server to a request of the source. */
  answer?(path: string): unknown;
}

const soon = (): number => Math.floor(Date.now() / 1_000) + 600;

export const specimens: readonly Specimen[] = [
  {
    entry: 'auth-js',
    name: 'authJs',
    page: 'auth-js.md',
    memory: 'a cookie: all tabs',
    limitations: [],
    contract: 'sources/authJsContract.test.ts',
    driven: 'browser/sources/authJs.test.ts',
    create: () => authJs({ routes: { session: '/session', accessToken: '/token' } }),
    answer: (path) =>
      ({
        '/session': { user: { sub: 'ada' }, startedAt: 1, expiresAt: soon() * 1_000 },
        '/token?refresh=true': { token: jwt({ jti: Math.random() }), expires_in: 600 },
        '/api/auth/csrf': { csrfToken: 'x' },
      })[path] ?? { url: '/' },
  },
  {
    entry: 'auth0-spa',
    name: 'auth0Spa',
    page: 'auth0-spa.md',
    memory: 'the SDK: each tab, or `localStorage`',
    limitations: ['ignores the signal', 'leaves the page to sign out'],
    contract: 'sources/auth0SpaContract.test.ts',
    driven: 'browser/sources/auth0Spa.test.ts',
    create: () => auth0Spa(fakeAuth0()),
  },
  {
    entry: 'better-auth',
    name: 'betterAuth',
    page: 'better-auth.md',
    memory: 'a cookie: all tabs',
    limitations: [],
    contract: 'sources/betterAuthContract.test.ts',
    driven: 'browser/sources/betterAuth.test.ts',
    create: () =>
      betterAuth(createAuthClient({ baseURL: 'http://app.test' }), {
        login: { page: '/sign-in', popupReturn: '/signed-in' },
      }),
    answer: () => {
      const dates = { createdAt: '2026-01-01T00:00:00Z', expiresAt: new Date(soon() * 1_000) };
      return { user: { id: 'ada' }, session: dates };
    },
  },
  {
    entry: 'cookie-session',
    name: 'cookieSession',
    page: 'cookie-session.md',
    memory: 'a cookie: all tabs',
    limitations: [],
    contract: 'sources/cookieSessionContract.test.ts',
    driven: 'browser/sources/cookieSession.test.ts',
    create: () =>
      cookieSession({
        me: '/me',
        readSession: ({ sub, startedAt, endsAt, idleEndsAt }) => ({
          user: { sub: String(sub) },
          startedAt: Number(startedAt),
          expiresAt: Number(endsAt),
          idleExpiresAt: Number(idleEndsAt),
        }),
        extend: '/extend',
        login: { page: '/login', popupReturn: '/signed-in' },
        logout: '/logout',
      }),
    answer: () => {
      const end = soon() * 1_000;
      return { sub: 'ada', startedAt: 1_700_000_000_000, endsAt: end, idleEndsAt: end };
    },
  },
  {
    entry: 'custom',
    name: 'customSource',
    page: '../own-source.md',
    memory: 'your server, or your SDK',
    limitations: [],
    contract: 'sources/contract.test.ts',
    driven: 'browser/frames.test.ts',
    create: () => {
      let count = 0;
      const end = soon() * 1_000;
      const session = { user: { sub: 'ada' }, startedAt: 1, authenticatedAt: 1 };
      return customSource({
        getSession: async () => ({ ...session, expiresAt: end, idleExpiresAt: end }),
        getAccessToken: async () => ({ value: `token-${count++}` }),
        login: async ({ display }) => {
          if (display === 'redirect') location.assign('/login');
          else open('/login');
        },
        logout: async () => {},
        extend: async () => session,
        clear: async () => {},
        subscribe: () => () => {},
      });
    },
  },
  {
    entry: 'nextjs-auth0',
    name: 'nextjsAuth0',
    page: '../nextjs-auth0.md',
    memory: 'a cookie: all tabs',
    limitations: ['leaves the page to sign out'],
    contract: 'sources/contract.test.ts',
    driven: 'nextjs/nextjs.test.ts',
    create: () =>
      nextjsAuth0({
        sessionStartClaim: 'start',
        sessionEndClaim: 'end',
        routes: { extend: '/api/extend' },
      }),
    answer: (path) =>
      path.includes('access-token')
        ? { token: jwt({ jti: Math.random() }), expires_at: soon(), expires_in: 600 }
        : { sub: 'ada', start: 1_700_000_000, auth_time: 1_700_000_000, end: soon() },
  },
  {
    entry: 'oidc-client',
    name: 'oidcClient',
    page: '../getting-started.md',
    memory: 'the SDK: each tab, or `localStorage`',
    limitations: ['ignores the signal', 'drops a negative expiry'],
    contract: 'sources/contract.test.ts',
    driven: 'browser/memoryPerTab.test.ts',
    create: () => oidcClient(fakeUserManager(), { restoreSession: true }),
  },
];

/** The rules that the SDK of a source prevents, for its test with the contract suite. */
export function limitationsOf(name: string): readonly Limitation[] {
  return specimens.find((each) => each.name === name)?.limitations ?? [];
}
