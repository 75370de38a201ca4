import { describe, expect, it, vi } from 'vitest';
import { type Cookie, cookieOf, now, readSession, readToken, signIn } from './authJsCookie.ts';

describe('the access token route', () => {
  const refresh = vi.fn(async () => ({ access_token: 'a1', expires_in: 60, refresh_token: 'r1' }));

  it('answers with a valid token, without a refresh', async () => {
    const valid = { ...signIn, expires_at: now() + 100, scope: 'read' };
    const { body, setCookies } = await readToken(await cookieOf({ signIn: valid }), { refresh });
    expect(body).toMatchObject({ token: 'a0', scope: 'read', sub: 'ada' });
    expect(Math.round(Number(body.expires_in) / 10)).toBe(10);
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
