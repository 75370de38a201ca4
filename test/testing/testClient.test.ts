import { describe, expect, it, vi } from 'vitest';
import { absolute, hybrid, type SessionEvent, type SessionSource } from '../../src/index.js';
import {
  createTestClient,
  describeSource,
  TestClock,
  type TestFunctions,
  TestSource,
} from '../../src/testing/index.js';

describe('createTestClient()', () => {
  it('requests no token while none is in use, even over a month', async () => {
    const clock = new TestClock();
    const source = new TestSource({ accessTokenLifetime: '1h' });
    const client = createTestClient({ source, clock });
    client.start();
    await clock.advance('30d');
    expect(source.requestCounts).toMatchObject({ getSession: 1, getAccessToken: 0 });
    expect(await client.getAccessToken()).toBe('test-token-1');
    client.stop();
    await clock.advance(0);
    expect(clock.environment.timers.size).toBe(0);
  });

  it('passes the events of its session to onEvent', async () => {
    const clock = new TestClock();
    const source = new TestSource({ session: null, accessTokenLifetime: '5m' });
    const events: SessionEvent[] = [];
    const client = createTestClient({
      source,
      clock,
      policy: hybrid(),
      onEvent: (event) => events.push(event),
    });
    client.start();
    await clock.advance(0);
    source.nextSession = { user: { sub: 'ada' } };
    await client.login({ loginHint: 'ada' });
    await client.getAccessToken();
    source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
    await clock.advance('5m');
    const refused = client.getAccessToken();
    await expect(refused).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
    expect(events.map(({ type }) => type)).toEqual([
      'session-started',
      'access-token-refreshed',
      'session-ended',
      'access-token-refresh-failed',
    ]);
    client.stop();
  });

  it('rejects a hanging request when source.fail() follows', async () => {
    const source = new TestSource();
    const client = createTestClient({ source });
    client.start();
    await client.getSession();
    source.hang('getAccessToken');
    const rejected = expect(client.getAccessToken()).rejects.toMatchObject({
      code: 'ERR_REFRESH_FAILED',
    });
    await vi.waitFor(() => expect(source.requestCounts.getAccessToken).toBe(1));
    source.fail('ERR_REFRESH_FAILED', 'getAccessToken');
    await rejected;
    client.stop();
  });

  it('creates no session for a cancelled sign-in', async () => {
    const source = new TestSource({ session: null });
    const client = createTestClient({ source });
    client.start();
    source.hang('login');
    const rejected = expect(client.login()).rejects.toMatchObject({ code: 'ERR_LOGIN_CANCELLED' });
    await vi.waitFor(() => expect(source.requestCounts.login).toBe(1));
    client.cancelLogin();
    source.recover();
    await rejected;
    expect(source.session).toBeNull();
    client.stop();
  });

  it('signs in with the requested acr, unless nextSession has another one', async () => {
    const source = new TestSource();
    const client = createTestClient({ source });
    client.start();
    await client.login({ acrValues: ['mfa'] });
    expect(source.session?.acr).toBe('mfa');
    source.nextSession = { user: { sub: 'test-user' }, acr: 'password' };
    await client.login({ acrValues: ['mfa'] });
    expect(source.session?.acr).toBe('password');
    client.stop();
  });

  it('keeps no dates of the former sign-in', async () => {
    const clock = new TestClock();
    const session = {
      user: { sub: 'ada' },
      startedAt: clock.now() - 7 * 3_600_000,
      authenticatedAt: clock.now() - 3_600_000,
      acr: 'password',
    };
    const source = new TestSource({ session });
    const client = createTestClient({ source, clock, policy: absolute({ lifetime: '8h' }) });
    client.start();
    await clock.advance('1h');
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'lifetime' });
    await client.login({ acrValues: ['mfa'] });
    expect(client.getSnapshot().status).toBe('active');
    expect(source.session).toEqual({
      user: { sub: 'ada' },
      acr: 'mfa',
      authenticatedAt: clock.now(),
    });
    client.stop();
  });

  it('signs in the latest user, unless nextSession names another one', async () => {
    const source = new TestSource();
    const client = createTestClient({ source });
    client.start();
    source.session = { user: { sub: 'bob' } };
    source.session = null;
    await client.login();
    expect(source.session).toMatchObject({ user: { sub: 'bob' } });
    source.nextSession = { user: { sub: 'eve' }, expiresAt: client.now() + 3_600_000 };
    await client.login();
    expect(source.session).toMatchObject(source.nextSession);
    client.stop();
  });

  it('gives a source the page’s fetch', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ sub: 'ada' }));
    const source: SessionSource = {
      name: 'mine',
      getSession: async ({ fetch }) => ({ user: await (await fetch('/me')).json() }),
    };
    const client = createTestClient({ source });
    client.start();
    expect(await client.getSession()).toEqual({ user: { sub: 'ada' } });
    client.stop();
    vi.unstubAllGlobals();
  });

  it('rejects extend() for a session that its source cannot extend', async () => {
    const clock = new TestClock();
    const session = { user: { sub: 'ada' }, expiresAt: clock.now() + 900_000 };
    const client = createTestClient({ source: new TestSource({ session }), clock });
    client.start();
    await clock.advance(0);
    await expect(client.extend()).rejects.toThrow('Give it a sessionLifetime');
    client.stop();
  });
});

it('describeSource() without a runner throws a TypeError that says what to pass', () => {
  expect(() => describeSource('mine', () => Promise.reject(), {} as TestFunctions)).toThrow(
    TypeError,
  );
  expect(() => describeSource('mine', () => Promise.reject())).toThrow('{ describe, it }');
});
