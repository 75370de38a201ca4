import { describe, expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { hybrid, type SourceContext } from '../../src/index.js';
import { customSource } from '../../src/sources/custom.js';
import { readJson } from '../../src/sources/http.js';
import { nextjsAuth0 } from '../../src/sources/nextjs-auth0.js';
import { accessTokenRoute } from '../../src/sources/nextjs-auth0-server.js';
import { oauthError } from '../../src/sources/oauthErrors.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';

// A gateway or a proxy may answer in place of the server, in a form that looks like the server's.

const minute = 60_000;

/** A page whose requests are answered by `answer`. */
async function openPage(
  source = nextjsAuth0(),
  answer: (path: string) => Response | Promise<Response> = () => Response.error(),
) {
  const env = new TestEnvironment();
  env.fetch = async (url) => answer(String(url).split('?')[0] ?? '');
  const client = createSessionClient({ source, policy: hybrid({ idle: '1d' }) }, env);
  client.start();
  client.retainAccessToken();
  await env.advance(1_000);
  return { env, state: () => client.getSnapshot(), stop: () => client.stop() };
}

const profile = () => Response.json({ sub: 'ada' });
const token = () => Response.json({ token: 'opaque', expires_at: 1, expires_in: 60 });
const refused = (status: number, body: unknown = { error: { code: 'Too Many Requests' } }) =>
  Response.json(body, { status, headers: { 'Retry-After': '30' } });

describe('a definite HTTP status', () => {
  const codes: [status: number, code: string][] = [
    [408, 'ERR_TIMEOUT'],
    [429, 'ERR_RATE_LIMITED'],
    [500, 'ERR_SERVER'],
    [503, 'ERR_SERVER'],
  ];

  it.each(codes)(
    '%d makes readJson reject with %s, whatever the body says',
    async (status, code) => {
      const answer = refused(status, { error: 'Too Many Requests' });
      await expect(readJson(answer)).rejects.toMatchObject({ code, retryAfter: 30_000 });
    },
  );

  it.each(codes)(
    '%d makes nextjsAuth0 reject with %s, whatever the body says',
    async (status, code) => {
      const context = {
        fetch: async () => refused(status),
        now: () => 0,
      } as unknown as SourceContext;
      await expect(nextjsAuth0().getAccessToken?.({}, context)).rejects.toMatchObject({
        code,
        retryAfter: 30_000,
      });
    },
  );
});

describe('during a long outage', () => {
  it.each([404, 429, 500])(
    'keeps the session while a gateway answers %d with JSON',
    async (status) => {
      let isDown = false;
      const { env, state, stop } = await openPage(nextjsAuth0(), (path) => {
        if (path === '/auth/profile') return profile();
        return isDown ? refused(status) : token();
      });
      expect(state().accessToken.status).toBe('fresh');
      isDown = true;
      await env.advance(10 * minute);
      expect(state()).toMatchObject({ status: 'active', connection: 'degraded' });
      stop();
    },
  );

  it('keeps the session while the app’s session store fails behind accessTokenRoute', async () => {
    let isDown = false;
    const GET = accessTokenRoute({
      getAccessToken: async () => {
        if (isDown) throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
        return { token: 'opaque', expiresAt: Math.floor(Date.now() / 1_000) + 60 };
      },
    });
    const source = nextjsAuth0({ routes: { accessToken: '/api/access-token' } });
    // As in Next.js: an error that a route throws becomes a 500.
    const { env, state, stop } = await openPage(source, (path) =>
      path === '/auth/profile'
        ? profile()
        : GET(new Request(`http://app.test${path}`)).catch(() => new Response('', { status: 500 })),
    );
    isDown = true;
    await env.advance(10 * minute);
    expect(state()).toMatchObject({ status: 'active', connection: 'degraded' });
    stop();
  });
});

it.each([
  ['text', new Response('Unauthorized', { status: 401 })],
  ['JSON of its own', Response.json({ message: 'Unauthorized' }, { status: 401 })],
])('keeps the session while a gateway answers 401 with %s', async (_what, answer) => {
  let isBlocked = false;
  const source = nextjsAuth0();
  const { env, state, stop } = await openPage(source, (path) => {
    if (isBlocked) return answer.clone();
    return path === '/auth/profile' ? profile() : token();
  });
  isBlocked = true;
  await env.advance(2 * minute);
  env.resume();
  await env.advance(1_000);
  expect(state().status).toBe('active');
  stop();
});

it.each(['constructor', 'toString', '__proto__', 'valueOf'])(
  'the error name %s is not a known OAuth code',
  (name) => {
    expect(oauthError(name)).toMatchObject({ code: 'ERR_BAD_RESPONSE', retryable: true });
  },
);

it('customSource accepts a class instance', async () => {
  class Mine {
    readonly #user = { sub: 'ada' };
    async getSession() {
      return { user: this.#user };
    }
  }
  expect(await customSource(new Mine()).getSession({} as SourceContext)).toMatchObject({
    user: { sub: 'ada' },
  });
});
