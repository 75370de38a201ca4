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
  env,
  events,
  fails,
  onePage,
  source,
  started,
  useRandom,
} from '../support/onePage.js';
import { Later, never, watch } from '../support/promises.js';

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
const person = () => state().session?.user.sub;

describe('a sign-in before the end', () => {
  it.each([
    ['a fixed session', absolute({ lifetime: '1h' }), 59],
    ['an idle one', rolling({ idle: '10m' }), 9],
  ])('gives %s a new life', async (_what, policy, minutes) => {
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

describe('a sign-in of whoever is signed in', () => {
  it('begins a session, and is told once', async () => {
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

describe('a sign-in that is under way', () => {
  it('gives way to a later one, whose window is not lost', async () => {
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

  it('is given up when the person would rather not', async () => {
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

  it('is given up with the page', async () => {
    await started();
    source.answerLogin = never;
    const login = watch(client.login());
    await settled();
    client.stop();
    await env.advance(0);
    expect(login.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it('does not hide that a second one is asked for amiss', async () => {
    await started();
    source.answerLogin = never;
    watch(client.login());
    await expect(client.login({ returnTo: '//evil' })).rejects.toThrow(TypeError);
    await expect(client.login({ maxAge: 'soon' as never })).rejects.toThrow(TypeError);
  });

  it('keeps no word of the source from being heard', async () => {
    await started();
    const popup = new Later();
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

describe('until it is known who has signed in', () => {
  async function signInSlowly(): Promise<Later<Session | null>> {
    const later = new Later<Session | null>();
    source.answerLogin = async () => {
      source.session = grace;
      source.answerSession = () => later.promise;
    };
    watch(client.login());
    await settled();
    return later;
  }

  it('no call of the former person gets a token of the next', async () => {
    await started();
    const answer = await signInSlowly();
    const waiting = call();
    await env.advance(0);
    answer.resolve(grace);
    await env.advance(0);
    expect([person(), waiting.outcome]).toEqual(['grace', 'ERR_USER_CHANGED']);
  });

  it('a page that stops and starts asks again', async () => {
    source.session = null;
    await started();
    await signInSlowly();
    client.stop();
    await env.advance(0);
    source.answerSession = async () => source.session;
    client.start();
    await env.advance(minute);
    expect(person()).toBe('grace');
  });
});

describe('an answer that was begun before', () => {
  it('does not undo a sign-in that the source tells of', async () => {
    const old = new Later<Session | null>();
    source.answerSession = () => old.promise;
    await started();
    source.onEvent?.({ type: 'session', session: ada });
    expect(state().status).toBe('active');
    old.resolve(null);
    await env.advance(0);
    expect(state().status).toBe('active');
  });

  it('does not bring the former person back', async () => {
    await started();
    const old = new Later<Session | null>();
    source.answerSession = () => old.promise;
    await env.advance(61_000);
    env.resume();
    await env.advance(0);
    source.onEvent?.({ type: 'session', session: grace });
    old.resolve(ada);
    await env.advance(0);
    expect(person()).toBe('grace');
  });
});

describe('an extension', () => {
  it('that finds another person there hands out none of the former’s tokens', async () => {
    Object.assign(source, { extend: async () => source.session });
    await started({ policy: rolling({ idle: '30m' }) });
    await client.getAccessToken();
    source.session = grace;
    await client.extend();
    expect(person()).toBe('grace');
    expect(await client.getAccessToken()).toBe('secret-of-grace');
  });

  it.each([
    ['nobody', null],
    ['the former person', ada],
  ])(
    'that was begun before a sign-in, and answers %s, says nothing of it',
    async (_who, answer) => {
      const old = new Later<Session | null>();
      Object.assign(source, { extend: () => old.promise });
      await started({ policy: rolling({ idle: '30m' }) });
      watch(client.extend());
      await settled();
      source.session = grace;
      await client.login();
      old.resolve(answer);
      await env.advance(0);
      expect([state().status, person()]).toEqual(['active', 'grace']);
    },
  );

  it('that is refused has the source asked whether anybody is there', async () => {
    Object.assign(source, { extend: fails('ERR_EXPIRED_SESSION') });
    await started({ policy: rolling({ idle: '30m' }) });
    source.session = null;
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
    await env.advance(1_000);
    expect(state()).toMatchObject({ status: 'expired', reason: 'revoked' });
  });

  it('that fails to the end does not sign an active person out, if the source still knows them', async () => {
    Object.assign(source, { extend: fails('ERR_SERVER') });
    await started({ policy: rolling({ idle: '10m' }) });
    for (let time = 0; time < 11 * minute; time += 1_000) {
      env.touch();
      await env.advance(1_000);
    }
    expect([state().status, source.asked.session]).toEqual(['active', 2]);
  });

  it('that nobody but us counts does not go past an end that is still to be verified', async () => {
    await started({ policy: rolling({ idle: '10m' }) });
    source.answerSession = fails('ERR_NETWORK');
    env.sleep(8 * 60 * minute);
    env.resume();
    await env.advance(0);
    expect(state().status).toBe('expiring');
    await expect(client.extend()).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
    expect(state().status).toBe('expiring');
  });

  it('is tried again when the network is back', async () => {
    useRandom(() => 0.999);
    let extended = 0;
    let answer: () => Promise<unknown> = fails('ERR_NETWORK');
    Object.assign(source, { extend: () => (extended++, answer()) });
    await started({ policy: rolling({ idle: '30m' }) });
    for (let time = 0; time < 8 * minute; time += 1_000) {
      env.touch();
      await env.advance(1_000);
    }
    answer = async () => source.session;
    const before = extended;
    env.resume();
    await env.advance(2_000);
    expect(extended).toBe(before + 1);
  });
});

describe('a sign-out', () => {
  it('rejects a call that is under way, and asks nobody to sign in', async () => {
    await started();
    client.addLoginPrompt();
    source.answerToken = never;
    const waiting = call();
    await settled();
    await client.logout();
    await env.advance(0);
    expect([state().status, waiting.outcome, state().loginRequired]).toEqual([
      'signed-out',
      'ERR_MISSING_SESSION',
      null,
    ]);
  });

  it('that the source announces too is a sign-out, and no revocation', async () => {
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

  it('is not undone by what was asked before', async () => {
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

describe('who waits for a sign-in', () => {
  beforeEach(async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    source.answerToken = fails('ERR_REFRESH_FAILED');
  });

  it('goes on when a token comes by another way', async () => {
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

  it('is rejected when nothing on the page can ask any more', async () => {
    const removePrompt = client.addLoginPrompt();
    const waiting = call();
    await settled();
    removePrompt();
    await settled();
    expect([waiting.outcome, state().loginRequired]).toEqual(['ERR_REFRESH_FAILED', null]);
  });

  it('waits on where a prompt only takes the place of another, and is taken away twice', async () => {
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

it('a failure of extend(), logout() and login() is one of ours, and carries nothing of the SDK’s', async () => {
  const leak = Object.assign(new TypeError('Failed to fetch'), { request: 'Bearer secret' });
  Object.assign(source, {
    extend: () => Promise.reject(leak),
    logout: () => Promise.reject(leak),
  });
  source.answerLogin = () => Promise.reject(leak);
  await started({ policy: rolling({ idle: '30m' }) });
  for (const act of [client.extend, client.logout, client.login]) {
    await expect(act()).rejects.toMatchObject({ name: 'SessionError', code: 'ERR_NETWORK' });
    await expect(act()).rejects.not.toHaveProperty('request');
  }
  expect(state().status).toBe('active');
});

it('a sign-in that the source tells of clears what it refused before', async () => {
  Object.assign(source, { getAccessToken: undefined });
  source.answerSession = fails('ERR_LOGIN_REQUIRED');
  await started();
  expect(state().status).toBe('signed-out');
  source.answerSession = async () => source.session;
  source.onEvent?.({ type: 'session', session: ada });
  expect([state().status, state().error]).toEqual(['active', null]);
  await client.refresh();
});
