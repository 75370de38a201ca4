import { describe, expect, it } from 'vitest';
import {
  absolute,
  rolling,
  type Session,
  SessionError,
  type SessionSource,
  type SourceEvent,
} from '../../src/index.js';
import { create, manyTabs, open, origin, provider, type Tab, tabs } from '../support/manyTabs.js';
import { Deferred, never, watch } from '../support/promises.js';

const minute = 60_000;
const ada = { user: { sub: 'ada' } };
const idle = { policy: rolling({ idle: '10m' }) };

manyTabs();

/** Opens a tab, and waits until it has received the facts of the other tabs. */
async function openSynced(...args: Parameters<typeof create>): Promise<Tab> {
  const tab = open(...args);
  await origin.advance(200);
  return tab;
}

const now = () => origin.device.wallNow();
const states = () => tabs.map(({ client }) => client.getSnapshot());
const statuses = () => states().map(({ status }) => status);
const users = () => states().map(({ session }) => session?.user.sub);

describe('a new sign-in of the same user', () => {
  it('emits session-started once in every tab', async () => {
    const first = await openSynced();
    await openSynced();
    const started = () =>
      tabs.map(({ events }) => events.filter(({ type }) => type === 'session-started').length);
    expect(started()).toEqual([1, 1]);
    await first.client.login();
    await origin.advance(500);
    expect(started()).toEqual([2, 2]);
    void first.client.refresh();
    await origin.advance(500);
    expect(started()).toEqual([2, 2]);
  });
});

describe('a session that the server has rendered', () => {
  it.each(['ada', 'grace'])(
    'for %s is not ended by the sign-out of an earlier sign-in that another tab publishes',
    async (user) => {
      const { client } = await openSynced();
      await client.logout();
      await origin.advance(60 * minute);
      provider.signIn(user, now());
      await openSynced({ initialSession: { user: { sub: user } } });
      await origin.advance(500);
      expect([statuses(), users()]).toEqual([
        ['active', 'active'],
        [user, user],
      ]);
    },
  );

  it('is not ended by the revocation of an earlier sign-in that another tab publishes', async () => {
    const { client } = await openSynced();
    client.notifyRevoked();
    await origin.advance(60 * minute);
    provider.signIn('ada', now());
    await openSynced({ initialSession: ada });
    await origin.advance(500);
    expect(statuses()).toEqual(['active', 'active']);
  });

  it('keeps its expiresAt, and publishes it to the other tab', async () => {
    const rendered = (): Session => ({ ...ada, expiresAt: now() + 10 * minute });
    const earlier = rendered();
    await openSynced({ ...idle, initialSession: earlier }, { getSession: async () => earlier });
    await origin.advance(9 * minute);
    const later = rendered();
    await openSynced({ ...idle, initialSession: later }, { getSession: async () => later });
    await origin.advance(500);
    expect(states().map(({ deadline }) => deadline?.at)).toEqual([
      later.expiresAt,
      later.expiresAt,
    ]);
  });
});

describe('a page rendered without a session', () => {
  it('is not overruled by a tab that has not received the end yet', async () => {
    await openSynced();
    provider.store = null;
    await openSynced({ initialSession: null });
    await origin.advance(5_000);
    expect(statuses()[1]).toBe('signed-out');
  });
});

describe('a session whose end the server moves at each answer', () => {
  const sliding = { getSession: async () => ({ ...ada, expiresAt: now() + 10 * minute }) };

  it.each([
    ['no', {}, { extend: undefined as never }],
    ['a rolling', idle, {}],
  ])(
    'under %s policy is not ended by the earlier date of another tab',
    async (_name, options, overrides) => {
      for (let tab = 0; tab < 2; tab++) {
        await openSynced({ policy: undefined as never, ...options }, { ...sliding, ...overrides });
      }
      for (let count = 0; count < 6; count++) {
        await origin.advance(2 * minute);
        tabs[0]?.env.resume();
        await origin.advance(200);
      }
      expect(statuses()).toEqual(['active', 'active']);
    },
  );

  it('has the later date also in the tab that opened first', async () => {
    await openSynced(idle, sliding);
    await origin.advance(9 * minute);
    await openSynced(idle, sliding);
    await origin.advance(2 * minute);
    expect(statuses()).toEqual(['active', 'active']);
  });
});

describe('a tab without a sign-in whose source stores sign-ins per tab', () => {
  const withoutSignIn: Partial<SessionSource> = {
    getSession: async () => null,
    getAccessToken: async () => {
      throw new SessionError('ERR_MISSING_SESSION', 'Not in this tab.');
    },
  };

  it.each([
    ['when it was rendered without a session', { initialSession: null }],
    ['when its source has answered', {}],
  ])('does not end the session of another tab %s', async (_name, options) => {
    await openSynced();
    const { env } = await openSynced(options, withoutSignIn);
    await origin.advance(61_000);
    env.resume();
    await origin.advance(500);
    expect(statuses()[0]).toBe('active');
  });

  it('does not end the session of another tab when its own sign-in has ended before', async () => {
    let ownSession: Session | null = ada;
    const { client } = await openSynced();
    const { env } = await openSynced({}, { ...withoutSignIn, getSession: async () => ownSession });
    client.notifyRevoked();
    await origin.advance(200);
    ownSession = null;
    watch(client.login());
    await origin.advance(500);
    expect(statuses()).toEqual(['active', 'active']);
    await origin.advance(61_000);
    env.resume();
    await origin.advance(500);
    expect(statuses()[0]).toBe('active');
  });
});

describe('an idle end', () => {
  it.each([0, 300])(
    'is not undone by tabs that are about to end too, with messages that take %d ms',
    async (ms) => {
      for (let tab = 0; tab < 3; tab++) await openSynced(idle);
      origin.messageDelay = () => ms;
      await origin.advance(30 * minute);
      expect(states().map(({ status, reason }) => [status, reason])).toEqual(
        Array(3).fill(['expired', 'idle']),
      );
      for (const { events } of tabs) {
        expect(events.map(({ type }) => type)).toEqual([
          'session-started',
          'session-expiring',
          'session-ended',
        ]);
      }
    },
  );

  it('is undone by an extension that another tab made before it and whose message arrives late', async () => {
    // Otherwise the storage would have the extension in time.
    origin.blocksStorage = true;
    const [, active] = [await openSynced(idle), await openSynced(idle)];
    origin.messageDelay = () => 2_000;
    await origin.advance(10 * minute - 1_000);
    await active.client.extend();
    await origin.advance(1_500);
    expect(statuses()[0]).toBe('expired');
    await origin.advance(10_000);
    expect(statuses()).toEqual(['active', 'active']);
  });
});

describe('two tabs that act at the same time', () => {
  it('are signed out when one signs out while the other extends', async () => {
    const [one, other] = [await openSynced(idle), await openSynced(idle)];
    await origin.advance(minute);
    origin.messageDelay = () => 20;
    await other.client.extend();
    await one.client.logout();
    await origin.advance(5_000);
    expect(statuses()).toEqual(['signed-out', 'signed-out']);
  });

  it('agree on a sign-out, of which the SDK of the other tab reports only the end, before the message', async () => {
    let report = (_event: SourceEvent): void => {};
    const subscribe = (onEvent: typeof report) => {
      report = onEvent;
      return () => {};
    };
    const [other, one] = [await openSynced({}, { subscribe }), await openSynced()];
    origin.messageDelay = () => 40;
    await one.client.logout();
    await origin.advance(20);
    report({ type: 'session', session: null });
    await origin.advance(2_000);
    expect(one.client.getSnapshot().reason).toBe('signed-out');
    expect(other.client.getSnapshot()).toMatchObject({
      status: 'signed-out',
      reason: 'signed-out-elsewhere',
    });
  });

  it('agree on the user when one receives a new user while its own session request is running', async () => {
    let pending: Deferred | null = null;
    const first = await openSynced(
      {},
      {
        getSession: async () => {
          const answer = provider.store && { user: { sub: provider.store.sub } };
          await pending?.promise;
          return answer;
        },
      },
    );
    const second = await openSynced();
    const oldAnswer = new Deferred();
    pending = oldAnswer;
    await origin.advance(61_000);
    first.env.resume();
    await origin.advance(200);
    pending = null;
    provider.nextUser = 'grace';
    await second.client.login();
    await origin.advance(200);
    oldAnswer.resolve();
    await origin.advance(10_000);
    expect(users()).toEqual(['grace', 'grace']);
  });

  it('both get a new lifetime by a sign-in before the deadline', async () => {
    const policy = absolute({ lifetime: '1h' });
    const { client } = await openSynced({ policy });
    await openSynced({ policy });
    await origin.advance(59 * minute);
    await client.login();
    await origin.advance(3 * minute);
    expect(statuses()).toEqual(['active', 'active']);
  });
});

it('a revocation reaches all tabs from a tab that found the session before it received the sign-in', async () => {
  provider.store = null;
  const first = await openSynced();
  await first.client.login();
  await origin.advance(200);
  // Longer than a new tab waits for the facts of the other tabs.
  origin.messageDelay = () => 150;
  const late = await openSynced();
  await origin.advance(1_000);
  late.client.notifyRevoked();
  await origin.advance(500);
  expect(statuses()).toEqual(['expired', 'expired']);
});

it('a sign-in by redirect in another tab resolves the calls that wait for a sign-in', async () => {
  const { client } = await openSynced(idle);
  client.addLoginPrompt();
  provider.revoked = true;
  await origin.advance(70_000);
  const waiting = watch(client.getAccessToken());
  await origin.advance(500);
  expect(client.getSnapshot().loginRequired?.code).toBe('ERR_REFRESH_FAILED');
  provider.signIn('ada', now());
  const other = await openSynced(idle);
  other.client.retainAccessToken();
  await origin.advance(5_000);
  expect([waiting.outcome, client.getSnapshot().loginRequired]).toEqual([
    expect.stringMatching(/^secret/),
    null,
  ]);
});

it('calls before start() in two tabs do not use a refresh token twice', async () => {
  await origin.advance(61_000);
  const calls = [create(), create()].map(({ client }) => watch(client.getAccessToken()));
  await origin.advance(2_000);
  expect(calls.map(({ outcome }) => outcome)).toEqual(Array(2).fill(expect.stringMatching(/^sec/)));
  expect([provider.grants, provider.reused]).toEqual([1, 0]);
});

it('a stopped tab whose source hangs and ignores its abort signal releases the refresh lock in the end', async () => {
  let hangs = false;
  const real = provider.source(origin.open());
  const { client } = await openSynced(
    {},
    { getAccessToken: (...args) => (hangs ? never() : real.getAccessToken?.(...args))! },
  );
  client.retainAccessToken();
  await origin.advance(200);
  const other = await openSynced();
  hangs = true;
  watch(client.getAccessToken({ forceRefresh: true }));
  await origin.advance(100);
  client.stop();
  await origin.advance(10 * minute);
  const call = watch(other.client.getAccessToken());
  await origin.advance(1_000);
  expect(call.outcome).toMatch(/^secret/);
});

it('a page that stops while it syncs with the other tabs sends no request', async () => {
  const { client } = create();
  client.start();
  await origin.advance(10);
  const call = watch(client.getAccessToken());
  client.stop();
  await origin.advance(500);
  expect([call.outcome, provider.asked.session]).toEqual(['ERR_LOGIN_CANCELLED', 0]);
});
