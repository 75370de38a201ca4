import { createRequire } from 'node:module';
import type { decode, encode } from 'next-auth/jwt';
import { describe, expect, it, vi } from 'vitest';
import {
  type AuthJsServerOptions,
  authJsRoutes,
  keepSignIn,
} from '../../src/sources/auth-js-server.js';

const jwt = createRequire(import.meta.url)('next-auth/jwt') as {
  decode: typeof decode;
  encode: typeof encode;
};
const secret = 'a secret of the test';
const now = (): number => Math.floor(Date.now() / 1_000);

const signIn = { at: 1_700_000_000, access_token: 'a0', refresh_token: 'r0' };

interface Cookie {
  name?: string;
  maxAge?: number;
  signIn?: object;
}

/** The `Cookie` header of a session. */
async function cookieOf({ name = 'next-auth.session-token', maxAge = 600, ...own }: Cookie = {}) {
  const token = { sub: 'ada', name: 'Ada', signIn, ...own };
  const salt = name.includes('next-auth') ? '' : name;
  return `${name}=${await jwt.encode({ token, secret, salt, maxAge })}`;
}

function createRoutes(options: Partial<AuthJsServerOptions> = {}) {
  return authJsRoutes({ ...jwt, secret, ...options });
}

const request = (path: string, cookie: string): Request =>
  new Request(`http://app.test${path}`, { headers: { cookie } });

async function readSession(cookie: string, options?: Partial<AuthJsServerOptions>) {
  const response = await createRoutes(options).session(request('/api/session', cookie));
  return response?.json();
}

/** The answer of the token route, its body, and the `Cookie` header that the browser has after it. */
async function readToken(cookie: string, options?: Partial<AuthJsServerOptions>, query = '') {
  const path = `/api/access-token${query}`;
  const response = await createRoutes(options).accessToken(request(path, cookie));
  const setCookies = response?.headers.getSetCookie() ?? [];
  const kept = setCookies.filter((each) => !each.includes('Max-Age=0'));
  const next = kept.map((each) => each.split(';')[0]).join('; ');
  return { status: response?.status, body: await response?.json(), setCookies, next };
}

describe('the session route', () => {
  it('answers with the user, the start and the end, and sets no cookie', async () => {
    const cookie = await cookieOf();
    const end = now() + 600;
    const response = await createRoutes().session(request('/api/session', cookie));
    expect(response?.headers.getSetCookie()).toEqual([]);
    expect(response?.headers.get('Cache-Control')).toBe('no-store');
    expect(await response?.json()).toEqual({
      user: { sub: 'ada', name: 'Ada' },
      startedAt: 1_700_000_000_000,
      expiresAt: end * 1_000,
    });
  });

  it('states the end of the cookie, if the JWT of a sign-in with version 4 is valid for longer', async () => {
    const cookie = await cookieOf({ maxAge: 2_592_000 });
    expect(await readSession(cookie, { maxAge: 600 })).toMatchObject({
      expiresAt: (now() + 600) * 1_000,
    });
  });

  it('answers null after the end, which Auth.js accepts for another 15 s', async () => {
    expect(await readSession(await cookieOf({ maxAge: -1 }))).toBeNull();
  });

  it.each(['', 'next-auth.session-token=invalid', 'other=1; next-auth.csrf-token=x'])(
    'answers null for the cookies %j',
    async (cookie) => {
      expect(await readSession(cookie)).toBeNull();
    },
  );

  it('does not accept the cookie of another secret', async () => {
    expect(await readSession(await cookieOf(), { secret: 'another secret' })).toBeNull();
  });

  it('fails without a secret, which is not a missing session', async () => {
    await expect(readSession(await cookieOf(), { secret: '' })).rejects.toThrow(TypeError);
  });

  it.each([
    ['authjs.session-token', {}],
    ['__Secure-authjs.session-token', {}],
    ['__Secure-next-auth.session-token', {}],
    ['own', { cookieName: 'own' }],
  ])('reads the cookie %s', async (name, options) => {
    expect(await readSession(await cookieOf({ name }), options)).toMatchObject({
      user: { sub: 'ada' },
    });
  });

  it('answers with the user of the app', async () => {
    const user = ({ sub = '' }) => ({ sub, role: 'admin' });
    expect(await readSession(await cookieOf(), { user })).toMatchObject({
      user: { sub: 'ada', role: 'admin' },
    });
  });

  it('answers in the Pages Router, and returns nothing', async () => {
    const headers: Record<string, unknown> = {};
    const response = {
      statusCode: 0,
      setHeader: (name: string, value: unknown) => {
        headers[name] = value;
      },
      end: vi.fn(),
    };
    const nodeRequest = { url: '/api/session', headers: { cookie: await cookieOf() } };
    expect(await createRoutes().session(nodeRequest, response)).toBeUndefined();
    expect(response.statusCode).toBe(200);
    expect(response.end.mock.lastCall?.[0]).toContain('"sub":"ada"');
  });
});

describe('the access token route', () => {
  const refresh = vi.fn(async () => ({ access_token: 'a1', expires_in: 60, refresh_token: 'r1' }));

  it('answers with a valid token, without a refresh', async () => {
    const valid = { ...signIn, expires_at: now() + 100, scope: 'read' };
    const { body, setCookies } = await readToken(await cookieOf({ signIn: valid }), { refresh });
    expect(body).toMatchObject({ token: 'a0', scope: 'read', sub: 'ada' });
    expect(Math.round(body.expires_in / 10)).toBe(10);
    expect(setCookies).toEqual([]);
  });

  it.each([
    ['after its expiry', -5, ''],
    ['on request', 100, '?refresh=true'],
  ])(
    'refreshes a token %s, and saves both tokens without extending the session',
    async (_when, life, query) => {
      const cookie = await cookieOf({ signIn: { ...signIn, expires_at: now() + life } });
      const { body, next } = await readToken(cookie, { refresh }, query);
      expect(refresh).toHaveBeenLastCalledWith('r0');
      expect(body.token).toBe('a1');
      expect(await readSession(next)).toEqual(await readSession(cookie));
      await readToken(next, { refresh }, '?refresh=true');
      expect(refresh).toHaveBeenLastCalledWith('r1');
    },
  );

  it('keeps a refresh token that is not rotated', async () => {
    const grant = vi.fn(async () => ({ access_token: 'a1' }));
    const { next } = await readToken(await cookieOf(), { refresh: grant }, '?refresh=true');
    await readToken(next, { refresh: grant }, '?refresh=true');
    expect(grant.mock.calls).toEqual([['r0'], ['r0']]);
  });

  it('splits a long JWT into several cookies, and removes those that are left', async () => {
    const long = async () => ({ access_token: 'x'.repeat(5_000) });
    const first = await readToken(await cookieOf(), { refresh: long }, '?refresh=true');
    const names = first.setCookies.map((each) => each.split('=')[0]);
    expect(names).toEqual(
      [0, 1].map((index) => `next-auth.session-token.${index}`).concat('next-auth.session-token'),
    );
    expect(Math.max(...first.setCookies.map((each) => each.length))).toBeLessThanOrEqual(4_096);
    const second = await readToken(first.next, { refresh }, '?refresh=true');
    expect(second.body.token).toBe('a1');
    expect(second.setCookies.filter((each) => each.includes('Max-Age=0'))).toHaveLength(2);
  });

  it('sets the attributes of the session’s cookie', async () => {
    const options = { refresh, cookieDomain: 'example.com' };
    const cookie = await cookieOf({ name: '__Secure-authjs.session-token' });
    const { setCookies } = await readToken(cookie, options, '?refresh=true');
    for (const attribute of [
      'HttpOnly',
      'SameSite=Lax',
      'Secure',
      'Domain=example.com',
      'Path=/',
    ]) {
      expect(setCookies[0]).toContain(`; ${attribute}`);
    }
  });

  it.each([
    [{ error: 'invalid_grant' }, 401, { error: 'invalid_grant' }],
    [{ code: 'invalid_grant' }, 401, { error: 'invalid_grant' }],
    [{ error: 'invalid_client' }, 400, { error: 'invalid_client' }],
    [{ code: 'ECONNREFUSED' }, 503, {}],
    [{}, 503, {}],
  ])('after a refresh that failed with %j answers %d', async (failure, status, body) => {
    const failing = () => Promise.reject(Object.assign(new Error('secret-r0'), failure));
    const answer = await readToken(await cookieOf(), { refresh: failing }, '?refresh=true');
    expect(answer).toMatchObject({ status, body, setCookies: [] });
  });

  it.each([
    ['', 'missing_session'],
    [{ signIn: undefined }, 'missing_refresh_token'],
    [{ signIn: { at: 1, access_token: 'a0', expires_at: 1 } }, 'missing_refresh_token'],
  ])('with the session %j answers 401 with %s', async (own, error) => {
    const cookie = typeof own === 'string' ? own : await cookieOf(own as Cookie);
    expect(await readToken(cookie, { refresh })).toMatchObject({ status: 401, body: { error } });
  });
});

describe('keepSignIn', () => {
  it('keeps the date and the tokens of a sign-in, and returns any other JWT as it is', () => {
    const token = { sub: 'ada' };
    const account = { access_token: 'a0', refresh_token: 'r0', expires_at: 7, scope: 'read' };
    expect(keepSignIn({ token, account: { ...account } })).toEqual({
      sub: 'ada',
      signIn: { ...account, at: expect.closeTo(now(), -1) },
    });
    expect(keepSignIn({ token, account: null })).toBe(token);
  });
});
