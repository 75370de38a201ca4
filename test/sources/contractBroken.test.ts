import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SessionError, type SessionSource } from '../../src/index.js';
import { describeSource } from '../../src/testing/index.js';
import { goodSource, MemoryServer } from '../support/memoryServer.js';

type GoodSource = ReturnType<typeof goodSource>;
type Change = (good: GoodSource, server: MemoryServer) => Partial<SessionSource>;

// The server is in memory, so nothing needs the time for which the tests of a source wait.
const { setTimeout } = globalThis;
beforeEach(() => {
  vi.stubGlobal('setTimeout', (callback: () => void, ms = 0, ...rest: []) =>
    setTimeout(callback, ms / 10, ...rest),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The tests that fail for the good source with a change, without their situations. */
async function failuresOf(change: Change): Promise<string[]> {
  const tests: [title: string, body: () => Promise<void>][] = [];
  const setup = async () => {
    const server = new MemoryServer();
    vi.stubGlobal('fetch', server.fetch);
    const good = goodSource(server);
    return server.scene({ ...good, ...change(good, server) } as SessionSource);
  };
  const it = (title: string, body: () => Promise<void>): unknown => tests.push([title, body]);
  describeSource('broken', setup, { describe: (_name, body) => body(), it });
  const failed = new Set<string>();
  for (const [title, body] of tests) {
    await body().catch(() => failed.add(title.replace(/: .*/, '')));
  }
  return [...failed];
}

/** What a source does, the promise that it breaks by that, and the change. */
const broken: [what: string, promise: string, change: Change][] = [
  [
    'takes every failure for no session',
    'does not report a sign-out',
    ({ getSession }) => ({
      getSession: (context) =>
        getSession(context).catch((error: unknown) => {
          if (context.signal.aborted) throw error;
          return null;
        }),
    }),
  ],
  [
    'reports the former user after a sign-out',
    'resolves with null when no user is signed in',
    ({ getSession, clear }) => {
      let isCleared = false;
      return {
        async getSession(context) {
          return (await getSession(context)) ?? (isCleared ? null : { user: { sub: 'ada' } });
        },
        async clear(reason, context) {
          await clear(reason, context);
          isCleared = true;
        },
      };
    },
  ],
  [
    'ignores the signal of getSession()',
    'aborts a request with its signal',
    ({ getSession }) => ({
      getSession: (context) => getSession({ ...context, signal: new AbortController().signal }),
    }),
  ],
  [
    'answers null for a failed extension',
    'does not take a failed extension for a result',
    ({ extend }) => ({ extend: (context) => extend(context).catch(() => null) }),
  ],
  [
    'counts a 500 as extended',
    'does not take a failed extension for a result',
    () => ({
      async extend({ fetch, signal }) {
        await fetch('/touch', { method: 'POST', signal });
        return { user: { sub: 'ada' } };
      },
    }),
  ],
  [
    'gives up for good after a temporary failure',
    'rejects a token request with a retryable error',
    ({ getAccessToken }) => ({
      getAccessToken: (request, context) =>
        getAccessToken(request, context).catch(() => {
          throw new SessionError('ERR_REFRESH_FAILED', 'Sign in again.');
        }),
    }),
  ],
  [
    'repeats a request that was refused for good',
    'rejects with an error that is not retryable when the provider refuses for good',
    ({ getAccessToken }) => ({
      getAccessToken: (request, context) =>
        getAccessToken(request, context).catch(() => {
          throw new SessionError('ERR_SERVER', 'The request is repeated.');
        }),
    }),
  ],
  [
    'ignores forceRefresh',
    'fetches a new token with forceRefresh',
    ({ getAccessToken }) => {
      const values = new Map<string, string>();
      return {
        async getAccessToken(request, context) {
          const key = JSON.stringify(request);
          // A failure must still be visible after the first token.
          const token = await getAccessToken(request, context);
          if (typeof token.value !== 'string') return token;
          if (!values.has(key)) values.set(key, token.value);
          return { ...token, value: values.get(key) ?? '' };
        },
      };
    },
  ],
  ...(['audience', 'scope'] as const).map((field): [string, string, Change] => [
    `ignores the ${field}`,
    `does not ignore the ${field} of a token request`,
    ({ getAccessToken }) => ({
      getAccessToken: ({ [field]: _ignored, ...request }, context) =>
        getAccessToken(request, context),
    }),
  ]),
  [
    'resolves login() although nothing has happened',
    'does not resolve a sign-in that leads to no session',
    () => ({ login: async () => {} }),
  ],
  [
    'swallows a cancelled sign-in',
    'rejects a cancelled sign-in',
    ({ login }) => ({ login: (request, context) => login(request, context).catch(() => {}) }),
  ],
  [
    'ignores the signal of login()',
    'ends a sign-in with its signal',
    () => ({ login: () => new Promise(() => {}) }),
  ],
  [
    'swallows a failed sign-out',
    'does not resolve a sign-out that has failed',
    ({ logout }) => ({ logout: (request, context) => logout(request, context).catch(() => {}) }),
  ],
  [
    'keeps the session after clear()',
    'removes with clear() what would restore the session',
    () => ({ clear: async () => {} }),
  ],
  [
    'never stops its subscription',
    'reports no event after the end of a subscription',
    ({ subscribe }) => ({
      subscribe(onEvent) {
        subscribe(onEvent);
        return () => {};
      },
    }),
  ],
  [
    'quotes the token in an error',
    'keeps tokens out of its errors and its events',
    ({ getAccessToken }, server) => ({
      getAccessToken: (request, context) =>
        getAccessToken(request, context).catch((error: unknown) => {
          if (!(error instanceof SessionError)) throw error;
          throw new SessionError(error.code, `Refused: ${server.secrets.at(-1)}.`);
        }),
    }),
  ],
  [
    'reports a token in an event',
    'keeps tokens out of its errors and its events',
    (_good, server) => ({
      subscribe(onEvent) {
        onEvent({ type: 'session', session: { user: { sub: 'ada', token: 'secret-0' } } });
        server.secrets.push('secret-0');
        return () => {};
      },
    }),
  ],
];

it.each(broken)('finds that a source %s', async (_what, promise, change) => {
  expect(await failuresOf(change)).toEqual([promise]);
});

it('finds nothing in a source that follows every rule', async () => {
  expect(await failuresOf(() => ({}))).toEqual([]);
});

it.each(['getAccessToken', 'login', 'logout', 'extend', 'clear', 'subscribe'] as const)(
  'does not test the rules of %s in a source that has none',
  async (method) => {
    const without: Change = () => ({ [method]: undefined });
    expect(await failuresOf(without)).toEqual([]);
  },
);

it('accepts a plain error wherever the source cannot tell', async () => {
  const plain = <Result>(call: Promise<Result>): Promise<Result> =>
    call.catch((error: SessionError) => {
      throw error.retryable === false ? error : new TypeError('Failed to fetch');
    });
  const change: Change = ({ extend, getAccessToken, getSession, logout }) => ({
    getSession: (context) => plain(getSession(context)),
    getAccessToken: (request, context) => plain(getAccessToken(request, context)),
    extend: (context) => plain(extend(context)),
    logout: (request, context) => plain(logout(request, context)),
  });
  expect(await failuresOf(change)).toEqual([]);
});

it('accepts a source that rejects requests for other tokens, or that states what a token is for', async () => {
  const rejecting: Change = ({ getAccessToken }) => ({
    async getAccessToken(request, context) {
      if (request.audience ?? request.scope) {
        throw new SessionError('ERR_NOT_SUPPORTED', 'There is one access token.');
      }
      return getAccessToken(request, context);
    },
  });
  const stating: Change = ({ getAccessToken }) => ({
    getAccessToken: async ({ audience = '', scope = '' }, context) => ({
      ...(await getAccessToken({}, context)),
      audience,
      scope,
    }),
  });
  expect([await failuresOf(rejecting), await failuresOf(stating)]).toEqual([[], []]);
});

it('accepts a sign-in by which a session begins', async () => {
  const change: Change = (_good, server) => ({
    login: async () => server.setSituation('signed in'),
  });
  expect(await failuresOf(change)).toEqual([]);
});
