import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  absolute,
  type GetAccessTokenOptions,
  hybrid,
  rolling,
  type Snapshot,
} from '../../src/index.js';
import { settled } from '../../src/testing/testEnvironment.js';
import {
  client,
  create,
  env,
  events,
  fails,
  onePage,
  source,
  started,
  useRandom,
} from '../support/onePage.js';
import { watch } from '../support/promises.js';

const hour = 3_600_000;

onePage();

const call = (options?: GetAccessTokenOptions) => watch(client.getAccessToken(options));
const status = () => client.getSnapshot().status;
const token = () => client.getSnapshot().accessToken;
const types = () => events.map(({ type }) => type);

describe('the first session answer', () => {
  it('is requested once, however often StrictMode starts and stops the client', async () => {
    create();
    expect(status()).toBe('loading');
    client.start();
    client.stop();
    client.start();
    await env.advance(0);
    expect(status()).toBe('active');
    expect(source.asked.session).toBe(1);
  });

  it('is not requested when the server has rendered the session', async () => {
    await started({ initialSession: { user: { sub: 'ada' } } });
    expect([status(), source.asked.session]).toEqual(['active', 0]);
  });

  it('may be that no user is signed in', async () => {
    source.session = null;
    await started();
    expect(client.getSnapshot()).toMatchObject({ status: 'signed-out', reason: null });
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
  });

  it('is requested again while the source fails, and the snapshot shows the failure', async () => {
    source.answerSession = fails('ERR_SERVER');
    await started();
    expect(client.getSnapshot()).toMatchObject({
      status: 'loading',
      connection: 'degraded',
      error: { code: 'ERR_SERVER' },
    });
    source.answerSession = async () => source.session;
    await env.advance(3_000);
    expect(client.getSnapshot()).toMatchObject({
      status: 'active',
      connection: 'online',
      error: null,
    });
  });

  it('is requested by a call that is made before start()', async () => {
    create();
    expect(await client.getAccessToken()).toBe('secret-1');
  });

  it('is awaited by calls on a client that was never started, through failures', async () => {
    create();
    source.answerToken = fails('ERR_NETWORK');
    const first = call();
    await env.advance(100);
    const second = call();
    source.answerToken = async (_request, context) => source.mint(context);
    await env.advance(5_000);
    expect([first.outcome, second.outcome]).toEqual([
      expect.stringContaining('secret-'),
      first.outcome,
    ]);
  });
});

describe('an access token', () => {
  it('is requested once for a hundred callers', async () => {
    await started();
    const all = await Promise.all(Array.from({ length: 100 }, () => client.getAccessToken()));
    expect(new Set(all).size).toBe(1);
    expect(source.asked.token).toBe(1);
  });

  it.each([
    [0, 30_000],
    [0.999, 57_000],
  ])(
    'in use is refreshed within its refresh window (random %d: after %d ms)',
    async (random, at) => {
      useRandom(() => random);
      await started();
      const release = client.retainAccessToken();
      await env.advance(at - 100);
      expect(source.asked.token).toBe(1);
      await env.advance(200);
      expect(source.asked.token).toBe(2);
      release();
    },
  );

  it('that is not in use is refreshed by the next read, which does not wait for it', async () => {
    await started();
    await client.getAccessToken();
    await env.advance(46_000);
    expect(source.asked.token).toBe(1);
    expect(await client.getAccessToken()).toBe('secret-1');
    await settled();
    expect(source.asked.token).toBe(2);
    expect(await client.getAccessToken()).toBe('secret-2');
  });

  it('that expires within minValidity is not returned; minValidity is at most a fifth of a short lifetime', async () => {
    await started();
    await client.getAccessToken();
    await env.advance(51_000);
    expect(await client.getAccessToken()).toBe('secret-2');
    source.tokenLifetime = 5_000;
    expect(await client.getAccessToken({ forceRefresh: true })).toBe('secret-3');
    await env.advance(3_900);
    source.answerToken = () => new Promise(() => {});
    expect(await client.getAccessToken()).toBe('secret-3');
    await env.advance(200);
    expect(call().outcome).toBe('pending');
  });

  it('is requested one at a time, whatever the audience', async () => {
    await started();
    await Promise.all([
      client.getAccessToken(),
      client.getAccessToken({ audience: 'a' }),
      client.getAccessToken({ audience: 'b', scope: 'x' }),
    ]);
    expect([source.asked.token, source.maxInFlight]).toEqual([3, 1]);
  });

  it('whose refresh does not move the expiry is not requested again at once', async () => {
    const sameToken = { value: 'secret-same', expiresAt: env.wall + hour, issuedAt: env.wall };
    source.answerToken = async () => sameToken;
    await started({ refresh: { window: [0.01, 0.02] } });
    client.retainAccessToken();
    await env.advance(600_000);
    // Exponential from 1 s to 60 s: about 6 times up to the first minute, then at most two a minute.
    expect(source.asked.token).toBeLessThan(30);
    expect(types().filter((type) => type === 'access-token-refreshed')).toHaveLength(1);
  });

  it('that has already expired when it arrives is requested once more, then the call is rejected', async () => {
    source.answerToken = async (_request, { now }) => ({
      value: 'secret-expired',
      expiresAt: now() - 1,
    });
    await started({ refresh: { maxWait: 500 } });
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
    expect(source.asked.token).toBe(2);
  });

  it('expires on time after the clock by which its expiry was computed is corrected', async () => {
    // The device clock is two hours fast, and the client does not know it yet.
    await started();
    expect(await client.getAccessToken()).toBe('secret-1');
    env.fetch = async () =>
      new Response('', { headers: { Date: new Date(env.wall - 2 * hour).toUTCString() } });
    source.answerSession = async (context) => {
      await context.fetch('/');
      return source.session;
    };
    env.sleep(5_000);
    env.resume();
    await env.advance(0);
    expect(client.now()).toBeLessThan(env.wall - hour);
    expect(await client.getAccessToken()).toBe('secret-1');
    const release = client.retainAccessToken();
    await env.advance(50_000);
    expect(source.asked.token, 'its refresh is due by the corrected clock').toBe(2);
    release();
  });

  it('is not returned after a clock difference that may have been a real sleep', async () => {
    // The device clock is eight hours fast, the device sleeps for eight hours, and the client learns the
    // server's time only then.
    await started();
    expect(await client.getAccessToken()).toBe('secret-1');
    const before = env.wall;
    env.fetch = async () => new Response('', { headers: { Date: new Date(before).toUTCString() } });
    source.answerSession = async (context) => {
      await context.fetch('/');
      return source.session;
    };
    env.sleep(8 * hour);
    env.resume();
    await env.advance(0);
    expect(status()).toBe('active');
    expect(await client.getAccessToken()).toBe('secret-2');
  });

  it('is shown in the snapshot by its status, never by its value', async () => {
    await started();
    const seen: Snapshot['accessToken']['status'][] = [];
    client.subscribe(() => seen.push(token().status));
    client.retainAccessToken();
    await env.advance(61_000);
    expect(seen.filter((each, index) => each !== seen[index - 1])).toEqual([
      'fetching',
      'fresh',
      'refreshing',
      'fresh',
    ]);
    source.answerToken = fails('ERR_SERVER');
    await env.advance(60_000);
    expect(token().status).toBe('expired');
    expect(JSON.stringify(client.getSnapshot())).not.toContain('secret-');
  });

  it('is refused with ERR_NOT_SUPPORTED when the source has no tokens', async () => {
    Object.assign(source, { getAccessToken: undefined });
    await started();
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' });
    expect(status()).toBe('active');
  });

  it('is refused with a TypeError for an invalid minValidity', async () => {
    await started();
    await expect(client.getAccessToken({ minValidity: '1 minute' as '1m' })).rejects.toThrow(
      TypeError,
    );
    await client.getAccessToken();
    await expect(client.getAccessToken({ minValidity: -1 })).rejects.toThrow(TypeError);
  });

  it('is not awaited any longer by a call whose signal is aborted', async () => {
    source.answerToken = () => new Promise(() => {});
    await started();
    const controller = new AbortController();
    const waiting = call({ signal: controller.signal });
    controller.abort('aborted');
    await settled();
    expect(waiting.outcome).toBe('aborted');
  });

  it('is not returned to a call whose signal is already aborted', async () => {
    await started();
    await client.getAccessToken();
    await expect(client.getAccessToken({ signal: AbortSignal.abort('aborted') })).rejects.toBe(
      'aborted',
    );
  });
});

describe('a client whose source fails', () => {
  it.each([
    'ERR_NETWORK',
    'ERR_TIMEOUT',
    'ERR_RATE_LIMITED',
    'ERR_SERVER',
    'ERR_BAD_RESPONSE',
  ] as const)(
    'keeps the session when the provider answers %s, and recovers by itself',
    async (code) => {
      await started({ policy: hybrid() });
      client.retainAccessToken();
      await env.advance(0);
      source.answerToken = fails(code);
      await env.advance(300_000);
      expect(client.getSnapshot()).toMatchObject({
        status: 'active',
        connection: 'degraded',
        error: { code },
        accessToken: { status: 'expired' },
      });
      source.answerToken = async (_request, context) => source.mint(context);
      await env.advance(61_000);
      expect(client.getSnapshot()).toMatchObject({ connection: 'online', error: null });
      expect(token().status).toMatch(/fresh|refreshing/);
      expect(types()).not.toContain('session-ended');
    },
  );

  it('lets a call wait through a short failure, and rejects it after maxWait', async () => {
    await started();
    source.answerToken = fails('ERR_SERVER');
    const shortFailure = call();
    await env.advance(1_000);
    source.answerToken = async (_request, context) => source.mint(context);
    await env.advance(2_000);
    expect(shortFailure.outcome).toMatch(/^secret-/);

    source.answerToken = fails('ERR_SERVER');
    const longFailure = call({ forceRefresh: true });
    await env.advance(15_000);
    expect(longFailure.outcome).toBe('ERR_SERVER');
  });

  it('retries after Retry-After, and rejects at once a call whose maxWait is shorter', async () => {
    await started();
    source.answerToken = fails('ERR_RATE_LIMITED', 30_000);
    client.retainAccessToken();
    const waiting = call();
    await env.advance(0);
    expect(waiting.outcome).toBe('ERR_RATE_LIMITED');
    for (let time = 0; time < 10; time++) {
      env.resume();
      await env.advance(2_000);
    }
    expect(source.asked.token).toBe(1);
    await env.advance(10_000);
    expect(source.asked.token).toBe(2);
  });

  it('retries earlier when the user comes back, but at most once a second', async () => {
    await started();
    client.retainAccessToken();
    await env.advance(0);
    source.answerToken = fails('ERR_NETWORK');
    await env.advance(300_000);
    const before = source.asked.token;
    for (let time = 0; time < 50; time++) {
      env.resume();
      await env.advance(100);
    }
    expect(source.asked.token - before).toBeGreaterThan(2);
    expect(source.asked.token - before).toBeLessThanOrEqual(6);
  });

  it('shows that the browser is offline, and retries when it is online again', async () => {
    await started();
    client.retainAccessToken();
    await env.advance(0);
    env.online = false;
    env.resume();
    expect(client.getSnapshot().connection).toBe('offline');
    source.answerToken = fails('ERR_NETWORK');
    await env.advance(120_000);
    expect(source.asked.token).toBe(2);
    expect(status()).toBe('active');
    source.answerToken = async (_request, context) => source.mint(context);
    env.online = true;
    env.resume();
    await env.advance(0);
    expect([client.getSnapshot().connection, source.asked.token]).toEqual(['online', 3]);
    expect(types().filter((type) => type === 'connection-changed')).toHaveLength(2);
  });

  it('aborts a source that hangs at its time-out', async () => {
    await started({ refresh: { timeout: '5s', maxWait: '1s' } });
    let signal: AbortSignal | undefined;
    source.answerToken = (_request, context) => {
      signal = context.signal;
      return new Promise(() => {});
    };
    const waiting = call();
    await env.advance(4_999);
    expect([waiting.outcome, signal?.aborted]).toEqual(['pending', false]);
    await env.advance(1);
    expect([waiting.outcome, signal?.aborted]).toEqual(['ERR_TIMEOUT', true]);
  });
});

describe('a token that is refused for good', () => {
  it('under rolling() becomes unavailable, and the session stays active', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    client.retainAccessToken();
    await env.advance(0);
    source.answerToken = fails('ERR_REFRESH_FAILED');
    await env.advance(50_000);
    expect(token().status).toBe('fresh');
    await env.advance(10_000);
    expect([status(), token().status]).toEqual(['active', 'unavailable']);
    const asked = source.asked.token;
    await env.advance(600_000);
    expect(source.asked.token).toBe(asked);
  });

  it('under hybrid() ends the session when the current token expires', async () => {
    await started({ policy: hybrid() });
    client.retainAccessToken();
    await env.advance(0);
    source.answerToken = fails('ERR_REFRESH_FAILED');
    await env.advance(59_999);
    expect([status(), await client.getAccessToken()]).toEqual(['active', 'secret-1']);
    await env.advance(1);
    expect(client.getSnapshot()).toMatchObject({
      status: 'expired',
      reason: 'token-refresh-failed',
      session: { user: { sub: 'ada' } },
      accessToken: { status: 'unavailable', error: { code: 'ERR_REFRESH_FAILED' } },
    });
  });
});

describe('a call that needs a sign-in', () => {
  beforeEach(async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    source.answerToken = fails('ERR_REFRESH_FAILED');
    source.answerLogin = async () => {
      source.answerToken = async (_request, context) => source.mint(context);
    };
  });

  it('is rejected at once when no login prompt is on the page', async () => {
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_REFRESH_FAILED' });
  });

  it('is rejected at once with onExpired: throw', async () => {
    client.addLoginPrompt();
    const throwing = call({ onExpired: 'throw' });
    await settled();
    expect(throwing.outcome).toBe('ERR_REFRESH_FAILED');
    expect(client.getSnapshot().loginRequired).toBeNull();
  });

  it('continues when the same user has signed in again', async () => {
    client.addLoginPrompt();
    const waiting = [call(), call({ minValidity: '1m' })];
    await settled();
    expect(client.getSnapshot().loginRequired).toMatchObject({ code: 'ERR_REFRESH_FAILED' });
    await client.login();
    await settled();
    expect(waiting.map(({ outcome }) => outcome)).toEqual(['secret-2', 'secret-2']);
    expect(client.getSnapshot().loginRequired).toBeNull();
  });

  it('is rejected when another user has signed in', async () => {
    client.addLoginPrompt();
    const waiting = call();
    await settled();
    source.session = { user: { sub: 'grace' } };
    await client.login();
    await settled();
    expect(waiting.outcome).toBe('ERR_USER_CHANGED');
    expect(types()).toContain('user-changed');
    expect(await client.getAccessToken()).toMatch(/^secret-/);
  });

  it('is rejected when the user cancels the sign-in', async () => {
    client.addLoginPrompt();
    const waiting = call();
    await settled();
    client.cancelLogin();
    await settled();
    expect([waiting.outcome, client.getSnapshot().loginRequired]).toEqual([
      'ERR_LOGIN_CANCELLED',
      null,
    ]);
  });

  it('can be aborted by its caller, which removes loginRequired', async () => {
    client.addLoginPrompt();
    const controller = new AbortController();
    const waiting = call({ signal: controller.signal });
    await settled();
    controller.abort('aborted');
    await settled();
    expect([waiting.outcome, client.getSnapshot().loginRequired]).toEqual(['aborted', null]);
  });

  it('is rejected when the client stops', async () => {
    client.addLoginPrompt();
    const waiting = call();
    await settled();
    client.stop();
    await env.advance(0);
    expect(waiting.outcome).toBe('ERR_LOGIN_CANCELLED');
    client.start();
    await env.advance(0);
  });
});

describe('a deadline', () => {
  it('is announced, moved by extend(), and ends the session when it passes', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    await env.advance(28 * 60_000 - 1);
    expect(status()).toBe('active');
    await env.advance(1);
    expect(client.getSnapshot()).toMatchObject({ status: 'expiring', canExtend: true });
    await client.extend();
    expect(client.getSnapshot()).toMatchObject({
      status: 'active',
      deadline: { at: env.wall + 30 * 60_000 },
    });
    await env.advance(30 * 60_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
    expect(types()).toEqual([
      'session-started',
      'session-expiring',
      'session-extended',
      'session-expiring',
      'session-ended',
    ]);
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
  });

  it('that is fixed cannot be extended', async () => {
    await started({ policy: absolute({ lifetime: '1h' }) });
    await env.advance(hour - 60_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'expiring', canExtend: false });
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' });
    await env.advance(60_000);
    expect(client.getSnapshot().reason).toBe('lifetime');
  });

  it('that is the expiry of the access token ends the session without a refresh', async () => {
    await started({ policy: absolute({ lifetime: 'access-token' }) });
    expect(client.getSnapshot().deadline).toMatchObject({
      at: env.wall + 60_000,
      kind: 'access-token',
    });
    await env.advance(59_999);
    expect(await client.getAccessToken()).toBe('secret-1');
    await env.advance(1);
    expect([status(), source.asked.token]).toEqual(['expired', 1]);
  });

  it('does not move when the extension fails', async () => {
    Object.assign(source, { extend: fails('ERR_SERVER') });
    await started({ policy: rolling({ idle: '30m' }) });
    const { deadline } = client.getSnapshot();
    await env.advance(60_000);
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_SERVER' });
    expect(client.getSnapshot().deadline).toEqual(deadline);
  });

  it('that has passed is not undone by a late answer', async () => {
    let answer: ((value: { value: string }) => void) | undefined;
    source.answerToken = () => new Promise((resolve) => (answer = resolve));
    await started({ policy: rolling({ idle: '1m' }), refresh: { timeout: '10m' } });
    const waiting = call();
    await env.advance(60_000);
    expect([status(), waiting.outcome]).toEqual(['expired', 'ERR_EXPIRED_SESSION']);
    answer?.({ value: 'secret-late' });
    await env.advance(600_000);
    expect([status(), token().status, source.asked.session]).toEqual(['expired', 'none', 1]);
  });
});

describe('after a sleep', () => {
  it('the source is asked before the session ends', async () => {
    source.session = { user: { sub: 'ada' }, expiresAt: env.wall + hour };
    await started();
    env.sleep(8 * hour);
    source.session = { user: { sub: 'ada' }, expiresAt: env.wall + hour };
    env.resume();
    await env.advance(0);
    expect([status(), source.asked.session]).toEqual(['active', 2]);
    expect(types()).toContain('resumed');
    expect(types()).not.toContain('session-ended');
  });

  it('the session stays until the source answers, and then ends', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    source.answerSession = fails('ERR_NETWORK');
    env.sleep(8 * hour);
    env.resume();
    await env.advance(60_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'expiring', connection: 'degraded' });
    source.answerSession = async () => source.session;
    await env.advance(61_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('the resumed event is emitted within half a minute, even without an event of the browser', async () => {
    await started({ policy: rolling({ idle: '12h' }) });
    env.sleep(8 * hour);
    await env.advance(30_000);
    expect(types()).toContain('resumed');
  });

  it('no token that expired during the sleep is returned', async () => {
    await started();
    await client.getAccessToken();
    env.sleep(61_000);
    expect(await client.getAccessToken()).toBe('secret-2');
  });
});

describe('signing out', () => {
  it('drops every token, rejects pending calls, and ignores late answers', async () => {
    await started();
    await client.getAccessToken();
    let answer: ((value: { value: string }) => void) | undefined;
    source.answerToken = () => new Promise((resolve) => (answer = resolve));
    const waiting = call({ forceRefresh: true });
    await settled();
    const signOut = client.logout();
    await env.advance(3_000);
    await signOut;
    answer?.({ value: 'secret-late' });
    await env.advance(60_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'signed-out', reason: 'signed-out' });
    expect([waiting.outcome, client.peekAccessToken(), token().status]).toEqual([
      'ERR_MISSING_SESSION',
      null,
      'none',
    ]);
  });

  it('keeps the session when logout() of the source fails', async () => {
    await started();
    Object.assign(source, { logout: fails('ERR_NETWORK') });
    await expect(client.logout()).rejects.toMatchObject({ code: 'ERR_NETWORK' });
    expect(status()).toBe('active');
  });

  it('elsewhere ends the session by the revoked event of the source, and by notifyRevoked()', async () => {
    await started();
    source.onEvent?.({ type: 'revoked' });
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'revoked' });
    await client.login();
    expect(status()).toBe('active');
    client.notifyRevoked();
    client.notifyRevoked();
    expect(status()).toBe('expired');
    expect(types().filter((type) => type === 'session-ended')).toHaveLength(2);
  });
});

describe('signing in', () => {
  it('is refused for a returnTo outside this origin', async () => {
    await started();
    await expect(client.login({ returnTo: '//evil' })).rejects.toThrow(TypeError);
    await expect(client.logout({ returnTo: 'https://evil' })).rejects.toThrow(TypeError);
    expect([source.asked.login, source.asked.logout]).toEqual([0, 0]);
  });

  it('is requested once by calls at the same time', async () => {
    source.session = null;
    await started();
    source.session = { user: { sub: 'ada' } };
    await Promise.all([client.login(), client.login()]);
    expect([source.asked.login, status()]).toEqual([1, 'active']);
  });

  it('that leads to no session is rejected', async () => {
    source.session = null;
    await started();
    await expect(client.login()).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
  });

  it('by the SDK of the app reaches the client by the session event', async () => {
    source.session = null;
    await started();
    source.onEvent?.({ type: 'session', session: { user: { sub: 'ada' } } });
    expect(status()).toBe('active');
  });
});

describe('a subscriber', () => {
  it('is notified of transitions only: ten minutes, a thousand subscribers, one timer', async () => {
    await started({ policy: rolling({ idle: '9m' }) });
    client.retainAccessToken();
    const states: string[] = [];
    let last = client.getSnapshot().status;
    for (let number = 0; number < 1_000; number++) client.subscribe(() => {});
    client.subscribe(() => {
      const { status: now } = client.getSnapshot();
      if (now !== last) states.push((last = now));
      expect(env.timers.size).toBeLessThanOrEqual(2);
    });
    await env.advance(500_000);
    expect(env.timers.size).toBe(1);
    await env.advance(100_000);
    expect(states).toEqual(['expiring', 'expired']);
  });

  it('gets the same snapshot until something changes', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    const before = client.getSnapshot();
    await env.advance(120_000);
    expect(client.getSnapshot()).toBe(before);
  });

  it('that throws does not stop the others, and its error is reported', async () => {
    await started();
    const uncaught = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {});
    client.subscribe(() => {
      throw new Error('a bug of the subscriber');
    });
    let notified = 0;
    client.subscribe(() => notified++);
    client.notifyRevoked();
    expect(notified).toBeGreaterThan(0);
    expect(() => uncaught.mock.calls[0]?.[0]()).toThrow('a bug of the subscriber');
    uncaught.mockRestore();
  });

  it('may call the client while it is notified', async () => {
    await started({ policy: rolling({ idle: '3m' }) });
    client.on('session-expiring', () => void client.extend());
    await env.advance(600_000);
    expect(status()).toBe('active');
  });
});

describe('a page that opens late in the session', () => {
  const endingIn = (ms: number) => ({ user: { sub: 'ada' }, expiresAt: env.wall + ms });

  it('warns in time when the policy knows the whole lifetime', async () => {
    Object.assign(source, { extend: async () => source.session });
    source.session = endingIn(90_000);
    await started({ policy: rolling({ idle: '30m' }) });
    expect(status()).toBe('expiring');
  });

  it('warns in time when the session has startedAt', async () => {
    source.session = { ...endingIn(90_000), startedAt: env.wall - hour };
    await started();
    expect(status()).toBe('expiring');
  });

  it('warns for at most half of the remaining time when the lifetime is unknown', async () => {
    source.session = endingIn(90_000);
    await started();
    expect(status()).toBe('active');
    await env.advance(46_000);
    expect(status()).toBe('expiring');
  });
});

describe('a device clock that is set forward while the server’s time is unknown', () => {
  let serverTime: () => number;

  beforeEach(async () => {
    const ahead = { by: 0 };
    serverTime = () => env.wall - ahead.by;
    source.answerToken = async () => ({
      value: `secret-${source.asked.token}`,
      issuedAt: Math.floor(serverTime() / 1_000) * 1_000,
      expiresAt: serverTime() + 60_000,
    });
    await started({ policy: rolling({ idle: '1h' }) });
    await client.getAccessToken();
    await env.advance(5_000);
    ahead.by = 2 * hour;
    env.wall += 2 * hour;
    env.resume();
  });

  it('does not end the session, because a new token shows the server’s time', async () => {
    await env.advance(100);
    expect(status()).toBe('active');
    expect(Math.abs(client.now() - serverTime())).toBeLessThan(2_500);
    expect(await client.getAccessToken()).toBe('secret-2');
    await env.advance(61_000);
    expect(await client.getAccessToken()).toBe('secret-3');
  });

  it('does not end the session, and sends few requests, while no token can be fetched', async () => {
    source.answerToken = fails('ERR_RATE_LIMITED', 3_600_000);
    const { session } = source.asked;
    await env.advance(300_000);
    expect(status()).not.toBe('expired');
    expect(source.asked.session - session).toBeLessThan(35);
  });

  it('counts as a sleep when the new token has a later date', async () => {
    source.answerToken = async () => ({
      value: 'secret-late',
      issuedAt: env.wall,
      expiresAt: env.wall + 60_000,
    });
    await env.advance(100);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
  });
});
