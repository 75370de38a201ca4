import { describe, expect, it } from 'vitest';
import type { SessionClientOptions } from '../../src/core/options.js';
import { rolling, SessionError, type SessionErrorCode } from '../../src/index.js';
import { type FakeTab } from '../support/fakeOrigin.js';
import { manyTabs, open, origin, provider, type Tab, tabs } from '../support/manyTabs.js';
import { watch } from '../support/promises.js';

manyTabs();

/** As many tabs, each with its token in use, opened one after the other. */
async function openAll(count: number, options: Partial<SessionClientOptions> = {}): Promise<Tab[]> {
  for (let index = 0; index < count; index++) {
    open(options).client.retainAccessToken();
    await origin.advance(200);
  }
  return tabs;
}

/** Time goes on while `promise` is awaited. */
async function during(promise: Promise<unknown>): Promise<void> {
  await origin.advance(1_000);
  await promise;
}

const fail = (code: SessionErrorCode) => new SessionError(code, 'it failed');
const statuses = () => tabs.map(({ client }) => client.getSnapshot().status);
const values = () => new Set(tabs.map(({ client }) => client.peekAccessToken()));

describe('one refresh per origin', () => {
  it('is made at the one instant that was drawn, and adopted by all', async () => {
    await openAll(10);
    expect(provider.grants).toBe(0);
    for (let rotation = 1; rotation <= 20; rotation++) {
      await origin.advance(45_000);
      expect(values().size, 'tokens that are in use').toBe(1);
    }
    // 20 times 45 s, and a token is refreshed in the middle of its window, after 43.5 s.
    expect(provider.grants).toBe(20);
    expect([provider.reused, provider.mostInFlight]).toEqual([0, 1]);
  });

  it('serves a hundred callers in each of ten tabs at expiry', async () => {
    for (let index = 0; index < 10; index++) open();
    await origin.advance(200);
    for (const { client } of tabs) void client.getAccessToken();
    await origin.advance(61_000);
    const calls = tabs.flatMap(({ client }) =>
      Array.from({ length: 100 }, () => client.getAccessToken()),
    );
    await origin.advance(1_000);
    expect(new Set(await Promise.all(calls)).size).toBe(1);
    expect([provider.grants, provider.reused]).toEqual([1, 0]);
  });

  it('serves callers that force it, all at once', async () => {
    await openAll(5);
    const calls = tabs.map(({ client }) => client.getAccessToken({ forceRefresh: true }));
    await origin.advance(1_000);
    expect(new Set(await Promise.all(calls)).size).toBe(1);
    expect(provider.grants).toBe(1);
  });

  it('holds though the word comes long after the turn', async () => {
    await openAll(5);
    origin.fate = () => 700;
    await origin.advance(600_000);
    expect([provider.reused, provider.mostInFlight]).toEqual([0, 1]);
    expect(provider.grants).toBeLessThanOrEqual(14);
  });

  it('holds where tokens are not shared: the others find it in the store of their SDK', async () => {
    await openAll(5, { shareTokens: false });
    await origin.advance(450_000);
    expect([provider.grants, provider.reused]).toEqual([10, 0]);
    expect(JSON.stringify(origin.posted)).not.toContain('secret-');
  });

  it('is for each name alone', async () => {
    open({ name: 'one' });
    open({ name: 'two' });
    await origin.advance(200);
    tabs[0]?.client.notifyRevoked();
    await origin.advance(200);
    expect(statuses()).toEqual(['expired', 'active']);
  });
});

describe('a new tab', () => {
  it('has what a sibling has, and asks nobody for a token', async () => {
    await openAll(1);
    const { asked } = provider;
    const before = { ...asked };
    const { client } = open();
    await origin.advance(100);
    expect(client.getSnapshot().status).toBe('active');
    expect(client.peekAccessToken()).toBe(tabs[0]?.client.peekAccessToken());
    expect(asked.token).toBe(before.token);
  });

  it('asks the source where nobody answers', async () => {
    tabs.push(open());
    await origin.advance(200);
    expect(statuses()).toContain('active');
    tabs.pop();
  });

  it('does not take over that a session has ended: for it nothing has', async () => {
    await openAll(1);
    provider.store = null;
    tabs[0]?.client.notifyRevoked();
    open();
    await origin.advance(200);
    expect(statuses()).toEqual(['expired', 'signed-out']);
  });

  it('brings the news where its SDK knows of another person', async () => {
    await openAll(2);
    provider.signIn('grace', origin.device.wallNow());
    const { client } = open();
    await origin.advance(300);
    expect(client.getSnapshot().session?.user.sub).toBe('grace');
    for (const tab of tabs.slice(0, 2)) {
      expect(tab.client.getSnapshot().session?.user.sub).toBe('grace');
      expect(tab.events.map(({ type }) => type)).toContain('user-changed');
    }
  });

  it('brings the news that the server has rendered', async () => {
    await openAll(2);
    provider.signIn('grace', origin.device.wallNow());
    open({ initialSession: { user: { sub: 'grace' } } });
    await origin.advance(300);
    const people = tabs.map(({ client }) => client.getSnapshot().session?.user.sub);
    expect(people).toEqual(['grace', 'grace', 'grace']);
  });
});

describe('what happens in one tab reaches all', () => {
  it('signing out', async () => {
    const [first, ...others] = await openAll(20);
    await first?.client.logout();
    await origin.advance(50);
    expect(first?.client.getSnapshot()).toMatchObject({ status: 'signed-out' });
    for (const { client } of others) {
      expect(client.getSnapshot()).toMatchObject({
        status: 'expired',
        reason: 'signed-out-elsewhere',
      });
      expect(client.peekAccessToken()).toBeNull();
    }
  });

  it('a revocation, with its reason', async () => {
    await openAll(3);
    tabs[1]?.client.notifyRevoked();
    await origin.advance(50);
    expect(tabs.map(({ client }) => client.getSnapshot().reason)).toEqual(Array(3).fill('revoked'));
  });

  it.each([
    ['for want of activity', { policy: rolling({ idle: '10m' }) }, 'idle'],
    ['for want of a token', {}, 'token-refresh-failed'],
  ])('an end %s, once in each, also where no token is in use', async (_name, options, reason) => {
    await openAll(2, options);
    open(options);
    provider.revoked = true;
    await origin.advance(601_000);
    for (const { client, events } of tabs) {
      expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason });
      expect(events.filter(({ type }) => type === 'session-ended')).toHaveLength(1);
    }
  });

  it('signing in again: calls that waited in any tab go on', async () => {
    await openAll(3);
    for (const { client } of tabs) client.addLoginPrompt();
    tabs[0]?.client.notifyRevoked();
    await origin.advance(50);
    const calls = tabs.map(({ client }) => watch(client.getAccessToken()));
    await tabs[2]?.client.login();
    await origin.advance(500);
    expect(statuses()).toEqual(['active', 'active', 'active']);
    for (const { outcome } of calls) expect(outcome).toMatch(/^secret-ada/);
    expect(provider.reused).toBe(0);
  });

  it('signing in where only a token was refused', async () => {
    await openAll(2, { policy: rolling({ idle: '1h' }) });
    for (const { client } of tabs) client.addLoginPrompt();
    provider.revoked = true;
    await origin.advance(70_000);
    const waiting = tabs.map(({ client }) => watch(client.getAccessToken()));
    await origin.advance(50);
    expect(tabs.map(({ client }) => client.getSnapshot().loginRequired?.code)).toEqual(
      Array(2).fill('ERR_REFRESH_FAILED'),
    );
    await tabs[0]?.client.login();
    await origin.advance(500);
    for (const { outcome } of waiting) expect(outcome).toMatch(/^secret-ada/);
  });

  it('another person signing in: waiting calls are told, facts and tokens are replaced', async () => {
    await openAll(3);
    for (const { client } of tabs) client.addLoginPrompt();
    tabs[0]?.client.notifyRevoked();
    await origin.advance(50);
    const calls = tabs.map(({ client }) => watch(client.getAccessToken()));
    provider.nextPerson = 'grace';
    await tabs[2]?.client.login();
    await origin.advance(500);
    expect(calls.map(({ outcome }) => outcome)).toEqual(Array(3).fill('ERR_USER_CHANGED'));
    for (const { client, events } of tabs) {
      expect(client.getSnapshot().session?.user.sub).toBe('grace');
      expect(events.map(({ type }) => type)).toContain('user-changed');
      expect(client.peekAccessToken() ?? 'secret-grace').toMatch(/^secret-grace/);
    }
  });

  it.each(['ada', 'grace'])(
    'but not that a session has ended which was there before %s signed in',
    async (who) => {
      await openAll(2);
      const [late, here] = tabs as [Tab, Tab];
      origin.fate = () => 'lost';
      for (let time = 0; time < 3; time++) await during(late.client.refresh());
      provider.nextPerson = who;
      await during(here.client.login());
      // Of that it has heard nothing, and by the count of changes its own end is the newer one.
      late.client.notifyRevoked();
      origin.fate = () => 5;
      await origin.advance(11_000);
      // Who comes back is told what the siblings know.
      for (const { env } of tabs) env.resume();
      await origin.advance(1_500);
      expect(here.events.map(({ type }) => type)).not.toContain('session-ended');
      for (const { client } of tabs) {
        expect(client.getSnapshot()).toMatchObject({
          status: 'active',
          session: { user: { sub: who } },
        });
      }
    },
  );

  it('an extension, by a person or by activity', async () => {
    await openAll(3, { policy: rolling({ idle: '10m' }) });
    await origin.advance(300_000);
    await tabs[0]?.client.extend();
    await origin.advance(50);
    const ends = () => tabs.map(({ client }) => client.getSnapshot().deadline?.at);
    expect(new Set(ends()).size).toBe(1);
    expect(ends()[0]).toBeGreaterThan(origin.device.wallNow() + 599_000);
    await origin.advance(120_000);
    tabs[1]?.env.touch();
    await origin.advance(50);
    expect(new Set(ends()).size).toBe(1);
    expect(ends()[0]).toBeGreaterThan(origin.device.wallNow() + 599_000);
    expect(provider.asked.extend).toBe(2);
  });
});

describe('idleness', () => {
  it('counts the activity of the siblings before anything ends', async () => {
    await openAll(2, { policy: rolling({ idle: '10m' }) });
    const [first, second] = tabs;
    // The word of the extension never comes to the first tab.
    origin.fate = () => 'lost';
    await origin.advance(300_000);
    second?.env.touch();
    await origin.advance(50);
    origin.fate = () => 0;
    await origin.advance(300_000);
    expect(statuses()).toEqual(['active', 'active']);
    expect(first?.client.getSnapshot().deadline).toEqual(second?.client.getSnapshot().deadline);
    await origin.advance(600_000);
    expect(statuses()).toEqual(['expired', 'expired']);
  });
});

describe('a tab that is gone', () => {
  it('closed with the turn in its hands, it delays nobody', async () => {
    await openAll(3);
    provider.latency = 5_000;
    const call = watch(tabs[1]?.client.getAccessToken({ forceRefresh: true }) ?? Promise.reject());
    await origin.advance(100);
    provider.latency = 50;
    const other = watch(tabs[2]?.client.getAccessToken({ forceRefresh: true }) ?? Promise.reject());
    tabs[1]?.env.close();
    await origin.advance(700);
    expect(other.outcome).toMatch(/^secret-/);
    expect(call.outcome).toBe('pending');
  });

  it('frozen with the turn in its hands, it gives it up', async () => {
    await openAll(3);
    provider.latency = 60_000;
    void tabs[1]?.client.getAccessToken({ forceRefresh: true }).catch(() => {});
    await origin.advance(100);
    provider.latency = 50;
    const other = watch(tabs[2]?.client.getAccessToken({ forceRefresh: true }) ?? Promise.reject());
    tabs[1]?.env.freeze();
    await origin.advance(700);
    expect(other.outcome).toMatch(/^secret-/);
    await origin.advance(600_000);
    tabs[1]?.env.thaw();
    await origin.advance(500);
    expect(values().size).toBe(1);
    expect(provider.reused).toBe(0);
  });

  it('hanging with the turn in its hands, it keeps the others no longer than the time-out', async () => {
    await openAll(2);
    provider.latency = 600_000;
    void tabs[0]?.client.getAccessToken({ forceRefresh: true }).catch(() => {});
    await origin.advance(100);
    provider.latency = 50;
    const other = watch(tabs[1]?.client.getAccessToken({ forceRefresh: true }) ?? Promise.reject());
    await origin.advance(29_000);
    expect(other.outcome).toBe('pending');
    await origin.advance(3_000);
    expect(other.outcome).toMatch(/^secret-/);
  });

  it('stopped without a word, it keeps a call waiting for a bounded time, and its turn is not stolen', async () => {
    await openAll(2);
    provider.latency = 10_000;
    void tabs[0]?.client.getAccessToken({ forceRefresh: true }).catch(() => {});
    await origin.advance(100);
    const stuck = tabs[0]?.env as FakeTab;
    stuck.frozen = true;
    const other = watch(tabs[1]?.client.getAccessToken({ forceRefresh: true }) ?? Promise.reject());
    await origin.advance(34_000);
    expect(other.outcome).toBe('pending');
    await origin.advance(2_000);
    expect(other.outcome).toBe('ERR_TIMEOUT');
    expect([statuses(), provider.grants]).toEqual([['active', 'active'], 0]);
    provider.latency = 50;
    stuck.thaw();
    await origin.advance(61_000);
    expect(values().size).toBe(1);
    expect([statuses(), provider.reused]).toEqual([['active', 'active'], 0]);
  });

  it('asleep beside one that signed out, it learns of it when it wakes up', async () => {
    await openAll(2);
    tabs[1]?.env.freeze();
    await tabs[0]?.client.logout();
    await origin.advance(60_000);
    tabs[1]?.env.thaw();
    await origin.advance(200);
    expect(tabs[1]?.client.getSnapshot()).toMatchObject({
      status: 'expired',
      reason: 'signed-out-elsewhere',
    });
  });
});

describe('a failure', () => {
  it('ends nothing in any tab, and all recover', async () => {
    await openAll(3);
    provider.outage = fail('ERR_SERVER');
    await origin.advance(180_000);
    expect(statuses()).toEqual(['active', 'active', 'active']);
    for (const { client } of tabs) expect(client.getSnapshot().connection).toBe('degraded');
    provider.outage = null;
    await origin.advance(61_000);
    for (const { client } of tabs) expect(client.getSnapshot().connection).toBe('online');
    expect(provider.reused).toBe(0);
  });
});

describe('what is no message of ours', () => {
  it.each([
    ['nothing', undefined],
    ['text', 'hello'],
    ['another release', { 'session-clock': 2, message: { type: 'farewell' } }],
    ['no stamp', facts({ session: { fact: { kind: 'nobody', reason: null } } })],
    ['a session without a person', facts({ session: signedIn({}) })],
    ['a year-3000 date', facts({ session: signedIn({ user: { sub: 'x' }, expiresAt: 4e13 }) })],
    ['tokens that are none', facts({ tokens: [{ value: 'secret-forged' }] })],
    ['a function’s shadow', { 'session-clock': 1, id: 'x', from: 'y', offset: Number.NaN }],
  ])('is not heeded: %s', async (_name, message) => {
    await openAll(1);
    const before = tabs[0]?.client.getSnapshot();
    const stranger = origin.open();
    origin.post(stranger, 'session-clock:rotating', message);
    await origin.advance(50);
    expect(tabs[0]?.client.getSnapshot()).toBe(before);
  });

  function facts(parts: object): object {
    const message = { type: 'facts', session: null, tokens: [], ...parts };
    return {
      'session-clock': 1,
      id: 'a.1',
      from: 'a',
      wall: 0,
      offset: 0,
      told: false,
      doubt: null,
      message,
    };
  }

  function signedIn(session: object): object {
    const stamp = { rev: 9, by: 'z' };
    return { stamp, signIn: stamp, fact: { kind: 'present', session, since: 0, extendedAt: 0 } };
  }
});
