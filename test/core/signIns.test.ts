import { beforeEach, describe, expect, it } from 'vitest';
import {
  absolute,
  rolling,
  type Session,
  SessionError,
  type SourceContext,
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
import { Deferred, never, watch } from '../support/promises.js';

const minute = 60_000;
const ada = { user: { sub: 'ada' } };
const grace = { user: { sub: 'grace' } };

onePage();
beforeEach(() => {
  source.answerToken = async (_request, { now }) => ({
    value: `secret-of-${source.session?.user.sub}`,
    expiresAt: now() + minute,
  });
});

const call = () => watch(client.getAccessToken());
const state = () => client.getSnapshot();
const user = () => state().session?.user.sub;

describe('a sign-in before the deadline', () => {
  it.each([
    ['a session with a fixed end', absolute({ lifetime: '1h' }), 59],
    ['a session with an idle time', rolling({ idle: '10m' }), 9],
  ])('gives %s a new lifetime', async (_what, policy, minutes) => {
    await started({ policy });
    await env.advance(minutes * minute);
    expect(state().status).toBe('expiring');
    await client.login();
    expect(state().status).toBe('active');
    expect(events.map(({ type }) => type)).toContain('session-extended');
    await env.advance(2 * minute);
    expect(state().status).toBe('active');
  });
});

describe('a new sign-in of the same user', () => {
  it('emits session-started once', async () => {
    await started();
    expect(events.filter(({ type }) => type === 'session-started').length).toBe(1);
    await client.login();
    expect(events.filter(({ type }) => type === 'session-started').length).toBe(2);
    await client.refresh();
    client.notifyRevoked();
    await client.login();
    expect(events.filter(({ type }) => type === 'session-started').length).toBe(3);
  });
});

describe('a pending sign-in', () => {
  it('is replaced by a later one, and its signal is aborted', async () => {
    await started();
    let signal: AbortSignal | undefined;
    Object.assign(source, {
      login: (_request: unknown, context: SourceContext) => {
        source.asked.login++;
        signal ??= context.signal;
        return source.answerLogin();
      },
    });
    source.answerLogin = never;
    const first = watch(client.login());
    await env.advance(2_000);
    source.answerLogin = async () => {};
    await client.login();
    expect([first.outcome, signal?.aborted]).toEqual(['ERR_LOGIN_CANCELLED', true]);
    expect([source.asked.login, state().status]).toEqual([2, 'active']);
  });

  it('is rejected when the user cancels it', async () => {
    await started();
    source.answerLogin = never;
    const login = watch(client.login());
    await settled();
    client.cancelLogin();
    await settled();
    expect(login.outcome).toBe('ERR_LOGIN_CANCELLED');
    source.answerLogin = async () => {};
    await client.login();
    expect(source.asked.login).toBe(2);
  });

  it('is rejected when the client stops', async () => {
    await started();
    source.answerLogin = never;
    const login = watch(client.login());
    await settled();
    client.stop();
    await env.advance(0);
    expect(login.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it('does not prevent the TypeError for invalid options of a second one', async () => {
    await started();
    source.answerLogin = never;
    watch(client.login());
    await expect(client.login({ returnTo: '//evil' })).rejects.toThrow(TypeError);
    await expect(client.login({ maxAge: 'soon' as never })).rejects.toThrow(TypeError);
  });

  it('does not block the events of the source', async () => {
    await started();
    const popup = new Deferred();
    source.answerLogin = () => popup.promise;
    const login = watch(client.login());
    await settled();
    source.session = null;
    source.onEvent?.({ type: 'session', session: null });
    await env.advance(0);
    expect(state().status).toBe('expired');
    popup.reject(new SessionError('ERR_LOGIN_CANCELLED', 'closed'));
    await settled();
    expect(login.outcome).toBe('ERR_LOGIN_CANCELLED');
  });
});

describe('until the source says which user has signed in,', () => {
  async function signInSlowly(): Promise<Deferred<Session | null>> {
    const answer = new Deferred<Session | null>();
    source.answerLogin = async () => {
      source.session = grace;
      source.answerSession = () => answer.promise;
    };
    watch(client.login());
    await settled();
    return answer;
  }

  it('no call of the former user gets a token of the new user', async () => {
    await started();
    const answer = await signInSlowly();
    const waiting = call();
    await env.advance(0);
    answer.resolve(grace);
    await env.advance(0);
    expect([user(), waiting.outcome]).toEqual(['grace', 'ERR_USER_CHANGED']);
  });

  it('a client that stops and starts requests the session again', async () => {
    source.session = null;
    await started();
    await signInSlowly();
    client.stop();
    await env.advance(0);
    source.answerSession = async () => source.session;
    client.start();
    await env.advance(minute);
    expect(user()).toBe('grace');
  });
});

describe('an answer to an earlier request', () => {
  it('does not undo a sign-in that the source announces', async () => {
    const old = new Deferred<Session | null>();
    source.answerSession = () => old.promise;
    await started();
    source.onEvent?.({ type: 'session', session: ada });
    expect(state().status).toBe('active');
    old.resolve(null);
    await env.advance(0);
    expect(state().status).toBe('active');
  });

  it('does not bring the former user back', async () => {
    await started();
    const old = new Deferred<Session | null>();
    source.answerSession = () => old.promise;
    await env.advance(61_000);
    env.resume();
    await env.advance(0);
    source.onEvent?.({ type: 'session', session: grace });
    old.resolve(ada);
    await env.advance(0);
    expect(user()).toBe('grace');
  });
});

describe('an extension', () => {
  it('that returns another user drops the tokens of the former user', async () => {
    Object.assign(source, { extend: async () => source.session });
    await started({ policy: rolling({ idle: '30m' }) });
    await client.getAccessToken();
    source.session = grace;
    await client.extend();
    expect(user()).toBe('grace');
    expect(await client.getAccessToken()).toBe('secret-of-grace');
  });

  it.each([
    ['no session', null],
    ['the former user', ada],
  ])(
    'that was started before a sign-in and returns %s does not change the new session',
    async (_answer, answer) => {
      const old = new Deferred<Session | null>();
      Object.assign(source, { extend: () => old.promise });
      await started({ policy: rolling({ idle: '30m' }) });
      watch(client.extend());
      await settled();
      source.session = grace;
      const signIn = client.login();
      await env.advance(3_000);
      await signIn;
      old.resolve(answer);
      await env.advance(0);
      expect([state().status, user()]).toEqual(['active', 'grace']);
    },
  );

  it('that is refused causes a session request', async () => {
    Object.assign(source, { extend: fails('ERR_EXPIRED_SESSION') });
    await started({ policy: rolling({ idle: '30m' }) });
    source.session = null;
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
    await env.advance(1_000);
    expect(state()).toMatchObject({ status: 'expired', reason: 'revoked' });
  });

  it('that fails until the deadline does not end the session of an active user if the source still returns it', async () => {
    Object.assign(source, { extend: fails('ERR_SERVER') });
    await started({ policy: rolling({ idle: '10m' }) });
    for (let passed = 0; passed < 11 * minute; passed += 1_000) {
      env.simulateActivity();
      await env.advance(1_000);
    }
    expect([state().status, source.asked.session]).toEqual(['active', 2]);
  });

  it('without a request to the source is refused once the deadline has passed and is still to be verified', async () => {
    await started({ policy: rolling({ idle: '10m' }) });
    source.answerSession = fails('ERR_NETWORK');
    env.sleep(8 * 60 * minute);
    env.resume();
    await env.advance(0);
    expect(state().status).toBe('expiring');
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
    expect(state().status).toBe('expiring');
  });

  it('is retried when the network is back', async () => {
    useRandom(() => 0.999);
    let extensions = 0;
    let answer: () => Promise<unknown> = fails('ERR_NETWORK');
    Object.assign(source, { extend: () => (extensions++, answer()) });
    await started({ policy: rolling({ idle: '30m' }) });
    for (let passed = 0; passed < 8 * minute; passed += 1_000) {
      env.simulateActivity();
      await env.advance(1_000);
    }
    answer = async () => source.session;
    const before = extensions;
    env.resume();
    await env.advance(2_000);
    expect(extensions).toBe(before + 1);
  });
});

describe('a sign-out', () => {
  it('rejects a pending call, and sets no loginRequired', async () => {
    await started();
    client.addLoginPrompt();
    source.answerToken = never;
    const waiting = call();
    await settled();
    const signOut = client.logout();
    // The sign-out waits for the refresh, which never ends, only for a limited time.
    await env.advance(3_000);
    await signOut;
    expect([state().status, waiting.outcome, state().loginRequired]).toEqual([
      'signed-out',
      'ERR_MISSING_SESSION',
      null,
    ]);
  });

  it('that the source also announces has the reason signed-out, not revoked', async () => {
    await started();
    Object.assign(source, {
      logout: async () => {
        source.session = null;
        source.onEvent?.({ type: 'session', session: null });
      },
    });
    await client.logout();
    expect(events).toMatchObject([{}, { type: 'session-ended', reason: 'signed-out' }]);
  });

  it('only here needs no request, works offline, and clears the source', async () => {
    const cleared: string[] = [];
    Object.assign(source, { clear: async (reason: string) => void cleared.push(reason) });
    await started();
    env.online = false;
    await client.logout({ scope: 'here' });
    expect(client.getSnapshot()).toMatchObject({ status: 'signed-out', reason: 'signed-out' });
    await env.advance(100);
    expect([source.asked.logout, cleared]).toEqual([0, ['signed-out']]);
  });

  it('only here while the page is loading signs the user out', async () => {
    const cleared: string[] = [];
    const clear = async (reason: string): Promise<void> => {
      cleared.push(reason);
      source.session = null;
    };
    Object.assign(source, { clear });
    create();
    client.start();
    const signedOut = watch(client.logout({ scope: 'here' }));
    await env.advance(1_000);
    expect([signedOut.outcome, cleared]).toEqual([undefined, ['signed-out']]);
    expect(client.getSnapshot().status).toBe('signed-out');
  });

  it('only here is refused if the source cannot be cleared, because a reload would undo it', async () => {
    await started();
    await expect(client.logout({ scope: 'here' })).rejects.toMatchObject({
      code: 'ERR_NOT_SUPPORTED',
      message: expect.stringContaining('add clear() to the source'),
    });
    expect(client.getSnapshot().status).toBe('active');
  });

  it('in another tab that the source reports is signed-out-elsewhere, not revoked', async () => {
    await started();
    source.onEvent?.({ type: 'revoked', reason: 'signed-out-elsewhere' });
    expect(client.getSnapshot()).toMatchObject({
      status: 'signed-out',
      reason: 'signed-out-elsewhere',
    });
  });

  it('is sent once for a double click', async () => {
    await started();
    await Promise.all([client.logout(), client.logout()]);
    expect(source.asked.logout).toBe(1);
    expect(events.filter(({ type }) => type === 'session-ended').length).toBe(1);
  });

  it('is not undone by the answer to an earlier request', async () => {
    Object.assign(source, { getAccessToken: undefined, logout: undefined });
    await started();
    source.answerSession = async () => {
      await new Promise<void>((resolve) => env.setTimer(100, resolve));
      return ada;
    };
    const waiting = watch(client.refresh());
    await settled();
    await client.logout();
    await env.advance(1_000);
    expect([state().status, waiting.outcome]).toEqual(['signed-out', 'ERR_MISSING_SESSION']);
  });
});

describe('a call that waits for a sign-in', () => {
  beforeEach(async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    source.answerToken = fails('ERR_REFRESH_FAILED');
  });

  it('is resolved when another request brings a token', async () => {
    client.addLoginPrompt();
    const waiting = call();
    await settled();
    source.answerToken = async (_request, context) => source.mint(context);
    await client.refresh();
    await env.advance(0);
    expect([waiting.outcome, state().loginRequired]).toEqual([
      expect.stringMatching(/^secret/),
      null,
    ]);
  });

  it('is rejected when the last login prompt is removed', async () => {
    const removePrompt = client.addLoginPrompt();
    const waiting = call();
    await settled();
    removePrompt();
    await settled();
    expect([waiting.outcome, state().loginRequired]).toEqual(['ERR_REFRESH_FAILED', null]);
  });

  it('keeps waiting when a login prompt replaces another, and when a prompt is removed twice', async () => {
    const removePrompt = client.addLoginPrompt();
    const waiting = call();
    await settled();
    removePrompt();
    client.addLoginPrompt();
    removePrompt();
    await settled();
    expect(waiting.outcome).toBe('pending');
  });
});

it('extend(), logout() and login() reject with a SessionError that contains nothing of the SDK’s error', async () => {
  const sdkError = Object.assign(new TypeError('Failed to fetch'), { request: 'Bearer secret' });
  Object.assign(source, {
    extend: () => Promise.reject(sdkError),
    logout: () => Promise.reject(sdkError),
  });
  source.answerLogin = () => Promise.reject(sdkError);
  await started({ policy: rolling({ idle: '30m' }) });
  for (const act of [client.extend, client.logout, client.login]) {
    await expect(act()).rejects.toMatchObject({ name: 'SessionError', code: 'ERR_NETWORK' });
    await expect(act()).rejects.not.toHaveProperty('request');
  }
  expect(state().status).toBe('active');
});

it('a sign-in that the source announces clears an earlier refusal', async () => {
  Object.assign(source, { getAccessToken: undefined });
  source.answerSession = fails('ERR_LOGIN_REQUIRED');
  await started();
  expect(state().status).toBe('signed-out');
  source.answerSession = async () => source.session;
  source.onEvent?.({ type: 'session', session: ada });
  expect([state().status, state().error]).toEqual(['active', null]);
  await client.refresh();
});
