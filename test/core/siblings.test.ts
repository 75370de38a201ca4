import { describe, expect, it } from 'vitest';
import {
  absolute,
  rolling,
  type Session,
  SessionError,
  type SessionSource,
} from '../../src/index.js';
import { create, manyTabs, open, origin, provider, type Tab, tabs } from '../support/manyTabs.js';
import { Later, never, watch } from '../support/promises.js';

const minute = 60_000;
const ada = { user: { sub: 'ada' } };
const idle = { policy: rolling({ idle: '10m' }) };

manyTabs();

/** A tab that has heard what its siblings know. */
async function opened(...parts: Parameters<typeof create>): Promise<Tab> {
  const tab = open(...parts);
  await origin.advance(200);
  return tab;
}

const now = () => origin.device.wallNow();
const states = () => tabs.map(({ client }) => client.getSnapshot());
const statuses = () => states().map(({ status }) => status);
const people = () => states().map(({ session }) => session?.user.sub);

describe('a sign-in of whoever is signed in', () => {
  it('is told once in every tab', async () => {
    const first = await opened();
    await opened();
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

describe('a sign-in that the server has just rendered', () => {
  it.each(['ada', 'grace'])(
    'as %s is not ended by what a sibling knows of an earlier one',
    async (who) => {
      const { client } = await opened();
      await client.logout();
      await origin.advance(60 * minute);
      provider.signIn(who, now());
      await opened({ initialSession: { user: { sub: who } } });
      await origin.advance(500);
      expect([statuses(), people()]).toEqual([
        ['active', 'active'],
        [who, who],
      ]);
    },
  );

  it('nor by its expiry', async () => {
    const { client } = await opened();
    client.notifyRevoked();
    await origin.advance(60 * minute);
    provider.signIn('ada', now());
    await opened({ initialSession: ada });
    await origin.advance(500);
    expect(statuses()).toEqual(['active', 'active']);
  });

  it('keeps its date, and tells it', async () => {
    const rendered = (): Session => ({ ...ada, expiresAt: now() + 10 * minute });
    const old = rendered();
    await opened({ ...idle, initialSession: old }, { getSession: async () => old });
    await origin.advance(9 * minute);
    const fresh = rendered();
    await opened({ ...idle, initialSession: fresh }, { getSession: async () => fresh });
    await origin.advance(500);
    expect(states().map(({ deadline }) => deadline?.at)).toEqual([
      fresh.expiresAt,
      fresh.expiresAt,
    ]);
  });

  it('as nobody is not overruled by a sibling that has not heard of the end', async () => {
    await opened();
    provider.store = null;
    await opened({ initialSession: null });
    await origin.advance(5_000);
    expect(statuses()[1]).toBe('signed-out');
  });
});

describe('a server that moves the end at each answer', () => {
  const sliding = { getSession: async () => ({ ...ada, expiresAt: now() + 10 * minute }) };

  it.each([
    ['without a policy', {}, { extend: undefined as never }],
    ['by a rolling policy', idle, {}],
  ])('%s is not ended by the old date of a sibling', async (_name, options, own) => {
    for (let tab = 0; tab < 2; tab++) {
      await opened({ policy: undefined as never, ...options }, { ...sliding, ...own });
    }
    for (let time = 0; time < 6; time++) {
      await origin.advance(2 * minute);
      tabs[0]?.env.resume();
      await origin.advance(200);
    }
    expect(statuses()).toEqual(['active', 'active']);
  });

  it('has its later date heard by who came first', async () => {
    await opened(idle, sliding);
    await origin.advance(9 * minute);
    await opened(idle, sliding);
    await origin.advance(2 * minute);
    expect(statuses()).toEqual(['active', 'active']);
  });
});

describe('a source that keeps its sign-ins by the tab', () => {
  const elsewhere: Partial<SessionSource> = {
    getSession: async () => null,
    getAccessToken: async () => {
      throw new SessionError('ERR_MISSING_SESSION', 'Not in this tab.');
    },
  };

  it.each([
    ['that was rendered with nobody', { initialSession: null }],
    ['that has asked', {}],
  ])('ends nothing in a sibling from a tab %s', async (_name, options) => {
    await opened();
    const { env } = await opened(options, elsewhere);
    await origin.advance(61_000);
    env.resume();
    await origin.advance(500);
    expect(statuses()[0]).toBe('active');
  });

  it('ends nothing in a sibling from a tab whose own sign-in has ended before', async () => {
    let mine: Session | null = ada;
    const { client } = await opened();
    const { env } = await opened({}, { ...elsewhere, getSession: async () => mine });
    client.notifyRevoked();
    await origin.advance(200);
    mine = null;
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
    'is not undone by siblings that are about to end too, %d ms away',
    async (ms) => {
      for (let tab = 0; tab < 3; tab++) await opened(idle);
      origin.fate = () => ms;
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

  it('is taken back where it turns out that a sibling had extended before it', async () => {
    // Else the storage would tell of the extension in time.
    origin.blocksStorage = true;
    const [, active] = [await opened(idle), await opened(idle)];
    origin.fate = () => 2_000;
    await origin.advance(10 * minute - 1_000);
    await active.client.extend();
    await origin.advance(1_500);
    expect(statuses()[0]).toBe('expired');
    await origin.advance(10_000);
    expect(statuses()).toEqual(['active', 'active']);
  });
});

describe('two tabs that act at once', () => {
  it('stay signed out, where one signs out while the other extends', async () => {
    const [one, other] = [await opened(idle), await opened(idle)];
    await origin.advance(minute);
    origin.fate = () => 20;
    await other.client.extend();
    await one.client.logout();
    await origin.advance(5_000);
    expect(statuses()).toEqual(['signed-out', 'expired']);
  });

  it('agree on who is there, where one hears of a new person while its own question is open', async () => {
    let old: Later | null = null;
    const first = await opened(
      {},
      {
        getSession: async () => {
          const answer = provider.store && { user: { sub: provider.store.sub } };
          await old?.promise;
          return answer;
        },
      },
    );
    const second = await opened();
    const question = new Later();
    old = question;
    await origin.advance(61_000);
    first.env.resume();
    await origin.advance(200);
    old = null;
    provider.nextPerson = 'grace';
    await second.client.login();
    await origin.advance(200);
    question.resolve();
    await origin.advance(10_000);
    expect(people()).toEqual(['grace', 'grace']);
  });

  it('both get a new life by a sign-in before the end', async () => {
    const policy = absolute({ lifetime: '1h' });
    const { client } = await opened({ policy });
    await opened({ policy });
    await origin.advance(59 * minute);
    await client.login();
    await origin.advance(3 * minute);
    expect(statuses()).toEqual(['active', 'active']);
  });
});

it('a revocation reaches all from a tab that found the session before it heard of the sign-in', async () => {
  provider.store = null;
  const first = await opened();
  await first.client.login();
  await origin.advance(200);
  // Later than a new tab waits for what its siblings know.
  origin.fate = () => 150;
  const late = await opened();
  await origin.advance(1_000);
  late.client.notifyRevoked();
  await origin.advance(500);
  expect(statuses()).toEqual(['expired', 'expired']);
});

it('a sign-in by redirect in another tab frees the calls that wait for it', async () => {
  const { client } = await opened(idle);
  client.addLoginPrompt();
  provider.revoked = true;
  await origin.advance(70_000);
  const waiting = watch(client.getAccessToken());
  await origin.advance(500);
  expect(client.getSnapshot().loginRequired?.code).toBe('ERR_REFRESH_FAILED');
  provider.signIn('ada', now());
  const other = await opened(idle);
  other.client.retainAccessToken();
  await origin.advance(5_000);
  expect([waiting.outcome, client.getSnapshot().loginRequired]).toEqual([
    expect.stringMatching(/^secret/),
    null,
  ]);
});

it('calls that are made before start() use no refresh token twice', async () => {
  await origin.advance(61_000);
  const calls = [create(), create()].map(({ client }) => watch(client.getAccessToken()));
  await origin.advance(2_000);
  expect(calls.map(({ outcome }) => outcome)).toEqual(Array(2).fill(expect.stringMatching(/^sec/)));
  expect([provider.grants, provider.reused]).toEqual([1, 0]);
});

it('a tab that stops while its source hangs, and heeds no signal, gives its turn up in the end', async () => {
  let hangs = false;
  const real = provider.source(origin.open());
  const { client } = await opened(
    {},
    { getAccessToken: (...question) => (hangs ? never() : real.getAccessToken?.(...question))! },
  );
  client.retainAccessToken();
  await origin.advance(200);
  const other = await opened();
  hangs = true;
  watch(client.getAccessToken({ forceRefresh: true }));
  await origin.advance(100);
  client.stop();
  await origin.advance(10 * minute);
  const call = watch(other.client.getAccessToken());
  await origin.advance(1_000);
  expect(call.outcome).toMatch(/^secret/);
});

it('a page that stops while it greets its siblings asks nobody any more', async () => {
  const { client } = create();
  client.start();
  await origin.advance(10);
  const call = watch(client.getAccessToken());
  client.stop();
  await origin.advance(500);
  expect([call.outcome, provider.asked.session]).toEqual(['ERR_LOGIN_CANCELLED', 0]);
});
