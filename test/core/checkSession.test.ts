import { describe, expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import {
  client,
  create,
  env,
  events,
  fails,
  onePage,
  source,
  started,
} from '../support/onePage.js';
import { watch } from '../support/promises.js';

onePage();

const policy = rolling({ idle: '8h' });
const status = () => client.getSnapshot().status;

describe('checkSession()', () => {
  it('notices a sign-in outside the page while no user is signed in', async () => {
    source.session = null;
    await started({ policy });
    const check = watch(client.checkSession());
    await env.advance(0);
    expect([check.outcome, status()]).toEqual([null, 'signed-out']);
    source.session = { user: { sub: 'ada' } };
    const later = watch(client.checkSession());
    await env.advance(0);
    expect([later.outcome, status()]).toEqual([source.session, 'active']);
    expect(source.asked.session).toBe(3);
  });

  it('notices a sign-in outside the page after the user has signed out on it', async () => {
    await started({ policy });
    await client.logout();
    source.session = { user: { sub: 'grace' } };
    const check = watch(client.checkSession());
    await env.advance(0);
    expect(check.outcome).toEqual(source.session);
    expect(status()).toBe('active');
  });

  it('notices that the session has ended on the server, and that is its answer', async () => {
    await started({ policy });
    source.session = null;
    const check = watch(client.checkSession());
    await env.advance(0);
    expect(check.outcome).toBeNull();
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'revoked' });
  });

  it('does not wait for a sign-in, and asks once for several callers', async () => {
    source.session = null;
    await started({ policy });
    client.addLoginPrompt();
    const before = source.asked.session;
    const checks = [client.checkSession(), client.checkSession()].map(watch);
    await env.advance(0);
    expect(checks.map(({ outcome }) => outcome)).toEqual([null, null]);
    expect(source.asked.session - before).toBe(1);
    expect(client.getSnapshot().loginRequired).toBeNull();
  });

  it('keeps the session, and rejects, if the source cannot tell', async () => {
    await started({ policy, refresh: { maxWait: '1ms' } });
    source.answerSession = fails('ERR_SERVER');
    const check = watch(client.checkSession());
    await env.advance(5_000);
    expect([check.outcome, status()]).toEqual(['ERR_SERVER', 'active']);
    expect(events.map(({ type }) => type)).not.toContain('session-ended');
  });

  it.each([
    ['signed in', true],
    ['signed out', false],
  ])(
    'is repeated while the source fails, and rejects after maxWait, of a user who is %s',
    async (_how, isSignedIn) => {
      if (!isSignedIn) source.session = null;
      await started({ policy });
      source.answerSession = fails('ERR_SERVER');
      const repeated = watch(client.checkSession());
      await env.advance(1_000);
      source.answerSession = async () => source.session;
      await env.advance(2_000);
      expect(repeated.outcome).toEqual(source.session);
      source.answerSession = fails('ERR_SERVER');
      const rejected = watch(client.checkSession());
      await env.advance(60_000);
      expect(rejected.outcome).toBe('ERR_SERVER');
    },
  );

  it('can be aborted', async () => {
    await started({ policy });
    source.answerSession = () => new Promise(() => {});
    const caller = new AbortController();
    const check = watch(client.checkSession(caller.signal));
    caller.abort(new Error('not needed'));
    await env.advance(0);
    expect(check.outcome).toEqual(new Error('not needed'));
  });
});

it('refresh() of a source without tokens finds a session that it did not have before', async () => {
  source.session = null;
  const { getAccessToken: _, ...methods } = source;
  const cookies = {
    ...methods,
    name: 'cookies',
    getSession: source.getSession.bind(source),
  };
  await started({ policy, source: cookies });
  const refused = watch(client.refresh());
  await env.advance(0);
  expect(refused.outcome).toBe('ERR_MISSING_SESSION');
  source.session = { user: { sub: 'ada' } };
  const refreshed = watch(client.refresh());
  await env.advance(0);
  expect([refreshed.outcome, status()]).toEqual([undefined, 'active']);
});

describe('the option checkSession', () => {
  const minute = 60_000;

  it('asks at an interval while the page is visible, and notices a revoked session', async () => {
    await started({ policy, checkSession: { every: '5m' } });
    await env.advance(15 * minute + 1_000);
    expect(source.asked.session).toBe(4);
    env.visible = false;
    await env.advance(30 * minute);
    expect(source.asked.session).toBe(4);
    source.session = null;
    env.visible = true;
    env.resume();
    await env.advance(0);
    expect(status()).toBe('expired');
  });

  it('asks at the interval while no user is signed in', async () => {
    source.session = null;
    await started({ policy, checkSession: { every: '5m' } });
    source.session = { user: { sub: 'ada' } };
    await env.advance(5 * minute + 1_000);
    expect(status()).toBe('active');
  });

  it('does not extend the session by asking', async () => {
    await started({ policy: rolling({ idle: '10m' }), checkSession: { every: '1m' } });
    await env.advance(15 * minute);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
    await env.advance(2 * minute);
    env.resume();
    await env.advance(minute);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('asks at the interval also while the source fails, and after the wall clock was set back', async () => {
    await started({ policy, checkSession: { every: '5m' } });
    source.answerSession = fails('ERR_NOT_SUPPORTED');
    await env.advance(60 * minute);
    expect(source.asked.session).toBeGreaterThan(10);
    expect(source.asked.session).toBeLessThan(15);
    env.wall -= 60 * minute;
    await env.advance(30 * minute);
    expect(source.asked.session).toBeGreaterThan(15);
  });

  it('notices by default a sign-in outside the page, when the page comes into view after a minute', async () => {
    source.session = null;
    await started({ policy });
    source.session = { user: { sub: 'ada' } };
    await env.advance(2 * minute);
    env.resume();
    await env.advance(0);
    expect(status()).toBe('active');
  });

  it('with onFocus: false, asks nothing when the page comes into view', async () => {
    await started({ policy, checkSession: { onFocus: false } });
    await env.advance(2 * minute);
    env.resume();
    await env.advance(minute);
    expect(source.asked.session).toBe(1);
  });

  it('throws a TypeError for an invalid interval', () => {
    expect(() => create({ checkSession: { every: 'often' as never } })).toThrow(TypeError);
  });
});

describe('a source whose reading extends the session', () => {
  const extending = () => ({
    name: 'extending',
    readingExtends: true,
    getSession: source.getSession.bind(source),
  });

  it('is not asked when the page comes into view or wakes up, so that an idle session ends', async () => {
    await started({ policy: rolling({ idle: '30m' }), source: extending() });
    await env.advance(120_000);
    env.resume();
    await env.advance(60_000);
    env.sleep(3_600_000);
    env.resume();
    await env.advance(1_000);
    expect(source.asked.session).toBe(1);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('is asked by checkSession(), and refuses an interval', async () => {
    await started({ policy, source: extending() });
    const check = watch(client.checkSession());
    await env.advance(0);
    expect(check.outcome).toEqual(source.session);
    expect(() => create({ source: extending(), checkSession: { every: '1m' } })).toThrow(
      /keep the session alive/,
    );
  });
});

it('after the user has signed out here, a source that still has the session does not show it again', async () => {
  Object.assign(source, { clear: fails('ERR_SERVER') });
  await started({ policy });
  await client.logout({ scope: 'here' });
  const check = watch(client.checkSession());
  await env.advance(100);
  expect(check.outcome).toBeNull();
  expect(client.getSnapshot()).toMatchObject({ status: 'signed-out', session: null });
  expect(client.getUserKey()).toBeNull();
});
