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

describe('the first answer', () => {
  it('is asked for once, however often StrictMode starts and stops', async () => {
    create();
    expect(status()).toBe('loading');
    client.start();
    client.stop();
    client.start();
    await env.advance(0);
    expect(status()).toBe('active');
    expect(source.asked.session).toBe(1);
  });

  it('is not needed where the server has given it', async () => {
    await started({ initialSession: { user: { sub: 'ada' } } });
    expect([status(), source.asked.session]).toEqual(['active', 0]);
  });

  it('may be that there is nobody', async () => {
    source.session = null;
    await started();
    expect(client.getSnapshot()).toMatchObject({ status: 'signed-out', reason: null });
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
  });

  it('stays due while the source fails, and says so', async () => {
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

  it('is asked for by a call that comes before start()', async () => {
    create();
    expect(await client.getAccessToken()).toBe('secret-1');
  });

  it('is waited for by a call on a client that was never started, through failures', async () => {
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
  it('is fetched once for a hundred callers', async () => {
    await started();
    const all = await Promise.all(Array.from({ length: 100 }, () => client.getAccessToken()));
    expect(new Set(all).size).toBe(1);
    expect(source.asked.token).toBe(1);
  });

  it.each([
    [0, 30_000],
    [0.999, 57_000],
  ])(
    'in use is refreshed between half and 95 %% of its life (random %d: %d ms)',
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

  it('that nobody uses is refreshed by the next read, which does not wait for it', async () => {
    await started();
    await client.getAccessToken();
    await env.advance(46_000);
    expect(source.asked.token).toBe(1);
    expect(await client.getAccessToken()).toBe('secret-1');
    await settled();
    expect(source.asked.token).toBe(2);
    expect(await client.getAccessToken()).toBe('secret-2');
  });

  it('that would die too soon is not handed out; a short one need not outlive a fifth of its life', async () => {
    await started();
    await client.getAccessToken();
    await env.advance(51_000);
    expect(await client.getAccessToken()).toBe('secret-2');
    source.tokenLife = 5_000;
    expect(await client.getAccessToken({ forceRefresh: true })).toBe('secret-3');
    await env.advance(3_900);
    source.answerToken = () => new Promise(() => {});
    expect(await client.getAccessToken()).toBe('secret-3');
    await env.advance(200);
    expect(call().outcome).toBe('pending');
  });

  it('is never asked for twice at once, whatever the audience', async () => {
    await started();
    await Promise.all([
      client.getAccessToken(),
      client.getAccessToken({ audience: 'a' }),
      client.getAccessToken({ audience: 'b', scope: 'x' }),
    ]);
    expect([source.asked.token, source.mostInFlight]).toEqual([3, 1]);
  });

  it('that does not get any younger is not asked for again at once', async () => {
    const stubborn = { value: 'secret-stubborn', expiresAt: env.wall + hour, issuedAt: env.wall };
    source.answerToken = async () => stubborn;
    await started({ refresh: { window: [0.01, 0.02] } });
    client.retainAccessToken();
    await env.advance(600_000);
    // Exponential from 1 s to 60 s: about 6 times up to the first minute, then at most two a minute.
    expect(source.asked.token).toBeLessThan(30);
    expect(types().filter((type) => type === 'access-token-refreshed')).toHaveLength(1);
  });

  it('that is dead on arrival is asked for once more, by force, and then is a failure', async () => {
    source.answerToken = async (_request, { now }) => ({
      value: 'secret-dead',
      expiresAt: now() - 1,
    });
    await started({ refresh: { maxWait: 500 } });
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
    expect(source.asked.token).toBe(2);
  });

  it('dies on time though its end was reckoned by a clock that has been put right since', async () => {
    // The device runs two hours fast, and nobody has told it so yet.
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
    expect(source.asked.token, 'its refresh is due by the right clock').toBe(2);
    release();
  });

  it('is not taken for alive when a sleep may have been real', async () => {
    // The device runs eight hours fast, sleeps for eight, and only then hears the server's time.
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

  it('is shown with its clock, without its value', async () => {
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

  it('is not to be had from a source that has none', async () => {
    Object.assign(source, { getAccessToken: undefined });
    await started();
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' });
    expect(status()).toBe('active');
  });

  it('is refused by a TypeError for a bad minValidity', async () => {
    await started();
    await expect(client.getAccessToken({ minValidity: '1 minute' as '1m' })).rejects.toThrow(
      TypeError,
    );
    await client.getAccessToken();
    await expect(client.getAccessToken({ minValidity: -1 })).rejects.toThrow(TypeError);
  });

  it('may be given up by its caller', async () => {
    source.answerToken = () => new Promise(() => {});
    await started();
    const controller = new AbortController();
    const waiting = call({ signal: controller.signal });
    controller.abort('enough');
    await settled();
    expect(waiting.outcome).toBe('enough');
  });
});

describe('a failure is not an ending', () => {
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

  it('lets a call ride out a short failure, and rejects it after its patience', async () => {
    await started();
    source.answerToken = fails('ERR_SERVER');
    const short = call();
    await env.advance(1_000);
    source.answerToken = async (_request, context) => source.mint(context);
    await env.advance(2_000);
    expect(short.outcome).toMatch(/^secret-/);

    source.answerToken = fails('ERR_SERVER');
    const long = call({ forceRefresh: true });
    await env.advance(15_000);
    expect(long.outcome).toBe('ERR_SERVER');
  });

  it('waits as long as the server asks, and rejects at once who cannot', async () => {
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

  it('asks earlier when the person is back, but at most once a second', async () => {
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

  it('says that the browser is offline, and asks again when it is not', async () => {
    await started();
    client.retainAccessToken();
    await env.advance(0);
    env.online = false;
    env.resume();
    expect(client.getSnapshot().connection).toBe('offline');
    await env.advance(120_000);
    expect(source.asked.token).toBe(1);
    expect(status()).toBe('active');
    env.online = true;
    env.resume();
    await env.advance(0);
    expect([client.getSnapshot().connection, source.asked.token]).toEqual(['online', 2]);
    expect(types().filter((type) => type === 'connection-changed')).toHaveLength(2);
  });

  it('gives a source that hangs its time, and no more', async () => {
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

describe('a refusal', () => {
  it('under rolling ends the token, and keeps the session', async () => {
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

  it('under hybrid ends the session, once its last token is dead', async () => {
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

describe('a call that needs a person', () => {
  beforeEach(async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    source.answerToken = fails('ERR_REFRESH_FAILED');
    source.answerLogin = async () => {
      source.answerToken = async (_request, context) => source.mint(context);
    };
  });

  it('is rejected at once where nothing can ask them', async () => {
    await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'ERR_REFRESH_FAILED' });
  });

  it('is rejected at once where it says so', async () => {
    client.addLoginPrompt();
    const throwing = call({ onExpired: 'throw' });
    await settled();
    expect(throwing.outcome).toBe('ERR_REFRESH_FAILED');
    expect(client.getSnapshot().loginRequired).toBeNull();
  });

  it('goes on when the same person has signed in again', async () => {
    client.addLoginPrompt();
    const waiting = [call(), call({ minValidity: '1m' })];
    await settled();
    expect(client.getSnapshot().loginRequired).toMatchObject({ code: 'ERR_REFRESH_FAILED' });
    await client.login();
    await settled();
    expect(waiting.map(({ outcome }) => outcome)).toEqual(['secret-2', 'secret-2']);
    expect(client.getSnapshot().loginRequired).toBeNull();
  });

  it('is rejected when another person has signed in', async () => {
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

  it('is rejected when the person would rather not', async () => {
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

  it('may be given up by its caller, and the prompt goes', async () => {
    client.addLoginPrompt();
    const controller = new AbortController();
    const waiting = call({ signal: controller.signal });
    await settled();
    controller.abort('enough');
    await settled();
    expect([waiting.outcome, client.getSnapshot().loginRequired]).toEqual(['enough', null]);
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
  it('is announced, extended at a word, and ends the session when it passes', async () => {
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

  it('that cannot be moved is not offered to be', async () => {
    await started({ policy: absolute({ lifetime: '1h' }) });
    await env.advance(hour - 60_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'expiring', canExtend: false });
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' });
    await env.advance(60_000);
    expect(client.getSnapshot().reason).toBe('lifetime');
  });

  it('of an access token is the session’s where the policy says so, and no token is renewed', async () => {
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

  it('stays where it was when the extension fails', async () => {
    Object.assign(source, { extend: fails('ERR_SERVER') });
    await started({ policy: rolling({ idle: '30m' }) });
    const { deadline } = client.getSnapshot();
    await env.advance(60_000);
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_SERVER' });
    expect(client.getSnapshot().deadline).toEqual(deadline);
  });

  it('does not bring the session back by what comes late', async () => {
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
  it('asks the source before anything ends', async () => {
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

  it('keeps the session while the source cannot be asked, and ends it at its word', async () => {
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

  it('is noticed within half a minute even where no event tells of it', async () => {
    await started({ policy: rolling({ idle: '12h' }) });
    env.sleep(8 * hour);
    await env.advance(30_000);
    expect(types()).toContain('resumed');
  });

  it('hands out no token that died meanwhile', async () => {
    await started();
    await client.getAccessToken();
    env.sleep(61_000);
    expect(await client.getAccessToken()).toBe('secret-2');
  });
});

describe('signing out', () => {
  it('forgets every token, rejects who waits, and takes no late answer', async () => {
    await started();
    await client.getAccessToken();
    let answer: ((value: { value: string }) => void) | undefined;
    source.answerToken = () => new Promise((resolve) => (answer = resolve));
    const waiting = call({ forceRefresh: true });
    await settled();
    await client.logout();
    answer?.({ value: 'secret-late' });
    await env.advance(60_000);
    expect(client.getSnapshot()).toMatchObject({ status: 'signed-out', reason: 'signed-out' });
    expect([waiting.outcome, client.peekAccessToken(), token().status]).toEqual([
      'ERR_MISSING_SESSION',
      null,
      'none',
    ]);
  });

  it('keeps the session where the source fails to', async () => {
    await started();
    Object.assign(source, { logout: fails('ERR_NETWORK') });
    await expect(client.logout()).rejects.toMatchObject({ code: 'ERR_NETWORK' });
    expect(status()).toBe('active');
  });

  it('elsewhere is heard of by the source’s event, and by notifyRevoked()', async () => {
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

  it('is one, however often it is asked for', async () => {
    source.session = null;
    await started();
    source.session = { user: { sub: 'ada' } };
    await Promise.all([client.login(), client.login()]);
    expect([source.asked.login, status()]).toEqual([1, 'active']);
  });

  it('that leads to nobody says so', async () => {
    source.session = null;
    await started();
    await expect(client.login()).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
  });

  it('is heard of when the app signs in by its SDK', async () => {
    source.session = null;
    await started();
    source.onEvent?.({ type: 'session', session: { user: { sub: 'ada' } } });
    expect(status()).toBe('active');
  });
});

describe('who watches', () => {
  it('hears only of transitions: ten minutes, a thousand listeners, one timer', async () => {
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

  it('sees the same snapshot until something changes', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    const before = client.getSnapshot();
    await env.advance(120_000);
    expect(client.getSnapshot()).toBe(before);
  });

  it('breaks nothing by throwing, and is heard of', async () => {
    await started();
    const uncaught = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {});
    client.subscribe(() => {
      throw new Error('a listener’s bug');
    });
    let heard = 0;
    client.subscribe(() => heard++);
    client.notifyRevoked();
    expect(heard).toBeGreaterThan(0);
    expect(() => uncaught.mock.calls[0]?.[0]()).toThrow('a listener’s bug');
    uncaught.mockRestore();
  });

  it('may act while being told', async () => {
    await started({ policy: rolling({ idle: '3m' }) });
    client.on('session-expiring', () => void client.extend());
    await env.advance(600_000);
    expect(status()).toBe('active');
  });
});

describe('a page that comes late', () => {
  const ends = (ms: number) => ({ user: { sub: 'ada' }, expiresAt: env.wall + ms });

  it('is warned in time: the policy knows how long the session has lasted', async () => {
    Object.assign(source, { extend: async () => source.session });
    source.session = ends(90_000);
    await started({ policy: rolling({ idle: '30m' }) });
    expect(status()).toBe('expiring');
  });

  it('is warned in time: the session says when it began', async () => {
    source.session = { ...ends(90_000), startedAt: env.wall - hour };
    await started();
    expect(status()).toBe('expiring');
  });

  it('is not warned for more than half of a life that it cannot know to be longer', async () => {
    source.session = ends(90_000);
    await started();
    expect(status()).toBe('active');
    await env.advance(46_000);
    expect(status()).toBe('expiring');
  });
});

describe('a clock that is set forward while nobody tells the time', () => {
  let truth: () => number;

  beforeEach(async () => {
    const ahead = { by: 0 };
    truth = () => env.wall - ahead.by;
    source.answerToken = async () => ({
      value: `secret-${source.asked.token}`,
      issuedAt: Math.floor(truth() / 1_000) * 1_000,
      expiresAt: truth() + 60_000,
    });
    await started({ policy: rolling({ idle: '1h' }) });
    await client.getAccessToken();
    await env.advance(5_000);
    ahead.by = 2 * hour;
    env.wall += 2 * hour;
    env.resume();
  });

  it('ends nothing: a new token bears the date of its making', async () => {
    await env.advance(100);
    expect(status()).toBe('active');
    expect(Math.abs(client.now() - truth())).toBeLessThan(2_500);
    expect(await client.getAccessToken()).toBe('secret-2');
    await env.advance(61_000);
    expect(await client.getAccessToken()).toBe('secret-3');
  });

  it('ends nothing, and is no storm, as long as no token is to be had', async () => {
    source.answerToken = fails('ERR_RATE_LIMITED', 3_600_000);
    const { session } = source.asked;
    await env.advance(300_000);
    expect(status()).not.toBe('expired');
    expect(source.asked.session - session).toBeLessThan(35);
  });

  it('was a sleep after all where the new token is of later', async () => {
    source.answerToken = async () => ({
      value: 'secret-late',
      issuedAt: env.wall,
      expiresAt: env.wall + 60_000,
    });
    await env.advance(100);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
  });
});
