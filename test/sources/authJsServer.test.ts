import { describe, expect, it, vi } from 'vitest';
import { keepSignIn } from '../../src/sources/auth-js-server.js';
import { cookieOf, createRoutes, now, readSession, request } from './authJsCookie.ts';

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

  it('has the answer also for the first rendering of a page', async () => {
    const cookie = await cookieOf();
    const { getSession } = createRoutes();
    for (const headers of [{ cookie }, new Headers({ cookie })]) {
      expect(await getSession({ headers })).toEqual(await readSession(cookie));
    }
    expect(await getSession({ headers: {} })).toBeNull();
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
