import { describe, expect, it } from 'vitest';
import type { SessionClientOptions } from '../../src/core/options.js';
import {
  rolling,
  SessionError,
  type SessionErrorCode,
  type SessionSource,
} from '../../src/index.js';
import { type FakeTab } from '../support/fakeOrigin.js';
import { manyTabs, open, origin, provider, type Tab, tabs } from '../support/manyTabs.js';
import { watch } from '../support/promises.js';

manyTabs();

/** Opens `count` tabs one after the other; each retains its token. */
async function openAll(count: number, options: Partial<SessionClientOptions> = {}): Promise<Tab[]> {
  for (let index = 0; index < count; index++) {
    open(options).client.retainAccessToken();
    await origin.advance(200);
  }
  return tabs;
}

/** Advances the time by one second, and awaits `promise`. */
async function advanceAndAwait(promise: Promise<unknown>): Promise<void> {
  await origin.advance(3_000);
  await promise;
}

const fail = (code: SessionErrorCode) => new SessionError(code, 'it failed');
const statuses = () => tabs.map(({ client }) => client.getSnapshot().status);
const values = () => new Set(tabs.map(({ client }) => client.peekAccessToken()));

describe('one refresh per origin', () => {
  it('is sent at the instant that was drawn once, and its token is used by all tabs', async () => {
    await openAll(10);
    expect(provider.grants).toBe(0);
    for (let rotation = 1; rotation <= 20; rotation++) {
      await origin.advance(45_000);
      expect(values().size, 'tokens in use').toBe(1);
    }
    // 20 times 45 s: a token is refreshed in the middle of its refresh window, after 43.5 s.
    expect(provider.grants).toBe(20);
    expect([provider.reused, provider.maxInFlight]).toEqual([0, 1]);
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

  it('serves callers in all tabs that force it at the same time', async () => {
    await openAll(5);
    const calls = tabs.map(({ client }) => client.getAccessToken({ forceRefresh: true }));
    await origin.advance(1_000);
    expect(new Set(await Promise.all(calls)).size).toBe(1);
    expect(provider.grants).toBe(1);
  });

  it('holds when messages arrive long after the refresh lock is released', async () => {
    await openAll(5);
    origin.messageDelay = () => 700;
    await origin.advance(600_000);
    expect([provider.reused, provider.maxInFlight]).toEqual([0, 1]);
    expect(provider.grants).toBeLessThanOrEqual(14);
  });

  it('holds when tokens are not shared, because the other tabs read them from the storage of their SDK', async () => {
    await openAll(5, { shareTokens: false });
    await origin.advance(450_000);
    expect([provider.grants, provider.reused]).toEqual([10, 0]);
    expect(JSON.stringify(origin.posted)).not.toContain('secret-');
  });

  it('does not take the cached token of an SDK for the token that another tab has refreshed', async () => {
    let issued = 1;
    const cached = (): Partial<SessionSource> => {
      let cache = 'secret-1';
      const getAccessToken: SessionSource['getAccessToken'] = async (_request, context) => {
        if (context.forceRefresh) cache = `secret-${++issued}`;
        return { value: cache, expiresAt: context.now() + 3_600_000 };
      };
      return { getAccessToken };
    };
    const [first, second] = [
      open({ shareTokens: false }, cached()),
      open({ shareTokens: false }, cached()),
    ];
    await origin.advance(200);
    const before = [first, second].map(({ client }) => client.getAccessToken());
    await origin.advance(2_000);
    expect(await Promise.all(before)).toEqual(['secret-1', 'secret-1']);
    const refreshed = first.client.refresh();
    await origin.advance(2_000);
    await refreshed;
    const call = second.client.getAccessToken({ refused: 'secret-1' });
    await origin.advance(2_000);
    expect(await call).toBe('secret-3');
  });

  it('is separate for each client name', async () => {
    open({ name: 'one' });
    open({ name: 'two' });
    await origin.advance(200);
    tabs[0]?.client.notifyRevoked();
    await origin.advance(200);
    expect(statuses()).toEqual(['expired', 'active']);
  });
});

describe('a new tab', () => {
  it('takes the session and the token over from another tab, without a token request', async () => {
    await openAll(1);
    const { asked } = provider;
    const before = { ...asked };
    const { client } = open();
    await origin.advance(100);
    expect(client.getSnapshot().status).toBe('active');
    expect(client.peekAccessToken()).toBe(tabs[0]?.client.peekAccessToken());
    expect(asked.token).toBe(before.token);
  });

  it('asks its source when no other tab answers', async () => {
    tabs.push(open());
    await origin.advance(200);
    expect(statuses()).toContain('active');
    tabs.pop();
  });

  it('is signed out, not expired, when the session ended before it opened', async () => {
    await openAll(1);
    provider.store = null;
    tabs[0]?.client.notifyRevoked();
    open();
    await origin.advance(200);
    expect(statuses()).toEqual(['expired', 'signed-out']);
  });

  it('changes the user in all tabs when its SDK has another user', async () => {
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

  it('changes the user in all tabs when the server has rendered another user', async () => {
    await openAll(2);
    provider.signIn('grace', origin.device.wallNow());
    open({ initialSession: { user: { sub: 'grace' } } });
    await origin.advance(300);
    const users = tabs.map(({ client }) => client.getSnapshot().session?.user.sub);
    expect(users).toEqual(['grace', 'grace', 'grace']);
  });
});

describe('all tabs receive', () => {
  it('a sign-out', async () => {
    const [first, ...others] = await openAll(20);
    await first?.client.logout();
    await origin.advance(50);
    expect(first?.client.getSnapshot()).toMatchObject({ status: 'signed-out' });
    for (const { client } of others) {
      expect(client.getSnapshot()).toMatchObject({
        status: 'signed-out',
        session: null,
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
    ['by idleness', { policy: rolling({ idle: '10m' }) }, 'idle'],
    ['by a refused refresh', {}, 'token-refresh-failed'],
  ])(
    'an end %s, with one session-ended event in each tab, even without a token in use',
    async (_name, options, reason) => {
      await openAll(2, options);
      open(options);
      provider.revoked = true;
      await origin.advance(601_000);
      for (const { client, events } of tabs) {
        expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason });
        expect(events.filter(({ type }) => type === 'session-ended')).toHaveLength(1);
      }
    },
  );

  it('a new sign-in, which resolves the waiting calls of every tab', async () => {
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

  it('a new sign-in after a token was refused', async () => {
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

  it('a sign-in of another user, which rejects waiting calls and replaces facts and tokens', async () => {
    await openAll(3);
    for (const { client } of tabs) client.addLoginPrompt();
    tabs[0]?.client.notifyRevoked();
    await origin.advance(50);
    const calls = tabs.map(({ client }) => watch(client.getAccessToken()));
    provider.nextUser = 'grace';
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
    'no end of a session that was replaced when %s signed in',
    async (user) => {
      await openAll(2);
      const [outdated, current] = tabs as [Tab, Tab];
      origin.messageDelay = () => 'lost';
      for (let count = 0; count < 3; count++) await advanceAndAwait(outdated.client.refresh());
      provider.nextUser = user;
      await advanceAndAwait(current.client.login());
      // The outdated tab has not received the sign-in, and its own end has the higher count of changes.
      outdated.client.notifyRevoked();
      origin.messageDelay = () => 5;
      await origin.advance(11_000);
      // A tab that resumes receives the facts of the other tabs.
      for (const { env } of tabs) env.resume();
      await origin.advance(1_500);
      expect(current.events.map(({ type }) => type)).not.toContain('session-ended');
      for (const { client } of tabs) {
        expect(client.getSnapshot()).toMatchObject({
          status: 'active',
          session: { user: { sub: user } },
        });
      }
    },
  );

  it('an extension, by extend() or by activity', async () => {
    await openAll(3, { policy: rolling({ idle: '10m' }) });
    await origin.advance(300_000);
    await tabs[0]?.client.extend();
    await origin.advance(50);
    const deadlines = () => tabs.map(({ client }) => client.getSnapshot().deadline?.at);
    expect(new Set(deadlines()).size).toBe(1);
    expect(deadlines()[0]).toBeGreaterThan(origin.device.wallNow() + 599_000);
    await origin.advance(120_000);
    tabs[1]?.env.simulateActivity();
    await origin.advance(50);
    expect(new Set(deadlines()).size).toBe(1);
    expect(deadlines()[0]).toBeGreaterThan(origin.device.wallNow() + 599_000);
    expect(provider.asked.extend).toBe(2);
  });
});

describe('an idle end', () => {
  it('takes the activity of other tabs into account', async () => {
    await openAll(2, { policy: rolling({ idle: '10m' }) });
    const [first, second] = tabs;
    // The first tab does not receive the message about the extension.
    origin.messageDelay = () => 'lost';
    await origin.advance(300_000);
    second?.env.simulateActivity();
    await origin.advance(50);
    origin.messageDelay = () => 0;
    await origin.advance(300_000);
    expect(statuses()).toEqual(['active', 'active']);
    expect(first?.client.getSnapshot().deadline).toEqual(second?.client.getSnapshot().deadline);
    await origin.advance(600_000);
    expect(statuses()).toEqual(['expired', 'expired']);
  });
});

describe('a tab that does not respond', () => {
  it('does not delay the others when it was closed while it held the refresh lock', async () => {
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

  it('releases the refresh lock when it is frozen', async () => {
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

  it('delays the others by the time-out at most when its source hangs while it holds the refresh lock', async () => {
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

  it('delays a call for a bounded time when it stops without an event, and its refresh lock is not stolen', async () => {
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

  it('ends its session when it is thawed after a sign-out in another tab', async () => {
    await openAll(2);
    tabs[1]?.env.freeze();
    await tabs[0]?.client.logout();
    await origin.advance(60_000);
    tabs[1]?.env.thaw();
    await origin.advance(200);
    expect(tabs[1]?.client.getSnapshot()).toMatchObject({
      status: 'signed-out',
      reason: 'signed-out-elsewhere',
    });
  });
});

describe('an outage of the provider', () => {
  it('does not end the session in any tab, and all tabs recover', async () => {
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

describe('an invalid message', () => {
  /** A message as a tab of this release sends it, with other `parts`, from a sign-in that is later than all others. */
  function forge(parts: object): object {
    const later = '999999999999999.forged';
    const message = origin.posted.find((sent) => Object(sent).facts) as {
      facts: { signIn: object };
    };
    const signIn = { ...message.facts.signIn, id: later, sessionStamp: later };
    return { ...message, facts: { signIn: { ...signIn, ...parts }, tokens: {} } };
  }

  it.each<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['a string', () => 'hello'],
    ['a message of another release', () => ({ ...forge({}), 'session-clock': 1 })],
    ['a sign-in without a stamp', () => forge({ id: undefined })],
    ['a session without a user', () => forge({ session: { user: {} } })],
    [
      'a session that expires after the year 3000',
      () => forge({ session: { user: { sub: 'x' }, expiresAt: 4e13 } }),
    ],
    ['an instant that is NaN', () => forge({ startedAt: Number.NaN })],
    [
      'malformed tokens',
      () => ({ ...forge({}), facts: { signIn: null, tokens: { 'token:{}': 'secret' } } }),
    ],
  ])('is ignored: %s', async (_name, message) => {
    await openAll(2);
    tabs[1]?.client.stop();
    await origin.advance(50);
    const before = tabs[0]?.client.getSnapshot();
    const sender = origin.open();
    origin.post(sender, 'session-clock:rotating', message());
    await origin.advance(50);
    expect(tabs[0]?.client.getSnapshot()).toBe(before);
    // The same message is accepted when nothing in it is wrong.
    const user = { user: { sub: 'grace' } };
    origin.post(sender, 'session-clock:rotating', forge({ user: 'other', session: user }));
    await origin.advance(50);
    expect(tabs[0]?.events.map(({ type }) => type)).toContain('user-changed');
  });
});
