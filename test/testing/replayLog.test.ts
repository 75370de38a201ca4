import { describe, expect, it } from 'vitest';
import {
  hybrid,
  type Session,
  SessionError,
  type SessionSource,
  type SourceEvent,
} from '../../src/index.js';
import { createTestClient, replayLog, TestClock, TestSource } from '../../src/testing/index.js';
import { manyTabs, open, origin, provider } from '../support/manyTabs.js';
import { expectEqualReplay, type Recorded, record, replayed } from './replayComparison.js';

const policy = hybrid({ idle: '10m' });

/** The user with claims, as the source states them. */
async function session(): Promise<Session | null> {
  const { sub } = provider.store ?? {};
  return sub ? { user: { sub, name: `Name of ${sub}` } } : null;
}

type RecordedTab = Recorded & Pick<ReturnType<typeof open>, 'env'>;

function openRecorded(...[options, overrides]: Parameters<typeof open>): RecordedTab {
  const own = { getSession: session, extend: session, ...overrides };
  const tab = open({ policy, ...options }, own);
  return { ...record(tab), env: tab.env };
}

async function signIn(user: string, { client, env }: RecordedTab): Promise<void> {
  provider.signIn(user, env.wallNow());
  await Promise.all([client.login(), origin.advance(1_000)]);
}

describe('replayLog() has the snapshots and the events of a client', () => {
  manyTabs();

  it('in each of three tabs, after every part of a long day', async () => {
    const day = [1, 2, 3].map(() => openRecorded({}, { login: async () => {} }));
    const [first, second, third] = day as [RecordedTab, RecordedTab, RecordedTab];
    const pass = async (ms: number): Promise<void> => {
      await origin.advance(ms);
      for (const tab of day) expectEqualReplay(tab);
    };
    await pass(1_000);
    const release = first.client.retainAccessToken();
    second.client.retainAccessToken({ audience: 'api', scope: 'read' });
    await pass(200_000);
    provider.outage = new SessionError('ERR_RATE_LIMITED', 'Too many.', { retryAfter: 20_000 });
    await pass(90_000);
    provider.outage = null;
    first.env.simulateActivity();
    await pass(30_000);
    origin.device.sleep(400_000);
    for (const { env } of day) env.resume();
    await pass(5_000);
    third.env.freeze();
    second.env.online = false;
    second.env.resume();
    await pass(30_000);
    third.env.thaw();
    second.env.online = true;
    second.env.resume();
    await pass(30_000);
    await Promise.all([second.client.extend(), pass(1_000)]);
    await signIn('grace', second);
    await pass(0);
    provider.revoked = true;
    await pass(120_000);
    expect(first.client.getSnapshot()).toMatchObject({ status: 'expired' });
    release();
    await signIn('ada', third);
    await pass(1_000);
    await third.client.logout();
    await pass(1_000);
    for (const { client } of day) client.stop();
    await pass(0);
    const types = new Set(day.flatMap(({ events }) => events.map(({ type }) => type)));
    expect([...types].sort()).toEqual([
      'access-token-refresh-failed',
      'access-token-refreshed',
      'connection-changed',
      'resumed',
      'session-ended',
      'session-expiring',
      'session-extended',
      'session-started',
      'user-changed',
    ]);
  });

  it('from the first entry that is kept, after more than 200 inputs', async () => {
    const tab = openRecorded();
    tab.client.retainAccessToken();
    for (let count = 0; count < 40; count++) {
      await origin.advance(50_000);
      tab.env.simulateActivity();
      await origin.advance(1_000);
    }
    const { skipped, entries } = tab.client.getLog();
    expect(skipped).toBeGreaterThan(100);
    expect(entries).toHaveLength(200);
    const steps = expectEqualReplay(tab);
    expect(steps.flatMap(({ events }) => events).length).toBeGreaterThan(10);
  });

  it('whose userKey tells apart the tenants of one sub', async () => {
    let emit: (event: SourceEvent) => void = () => {};
    const subscribe = (onEvent: typeof emit) => {
      emit = onEvent;
      return () => {};
    };
    const userKey = ({ user }: Session): string => `${user.sub}@${user['tenant']}`;
    const of = (tenant: string): Session => ({ user: { sub: 'ada', tenant } });
    const tab = openRecorded({ userKey }, { subscribe, getSession: async () => of('north') });
    await origin.advance(1_000);
    emit({ type: 'session', session: of('south') });
    await origin.advance(1_000);
    const events = expectEqualReplay(tab, userKey).flatMap((step) => step.events);
    expect(events.map(({ type }) => type)).toContain('user-changed');
  });

  it('whose source throws the same error again', async () => {
    const error = new SessionError('ERR_SERVER', 'It answered with HTTP 503.');
    const tab = openRecorded({}, { getAccessToken: () => Promise.reject(error) });
    tab.client.retainAccessToken();
    await origin.advance(60_000);
    const inputs = expectEqualReplay(tab).map(({ input }) => input);
    const errors = inputs.flatMap((input) => (input.type === 'request-failed' ? input.error : []));
    expect(errors.length).toBeGreaterThan(2);
    expect(new Set(errors).size).toBe(1);
    expect(errors[0]).toBeInstanceOf(SessionError);
  });
});

describe('a step', () => {
  manyTabs();

  it('names what should run next, and the parts of the state that the input changed', async () => {
    const { client } = openRecorded();
    await origin.advance(1_000);
    client.notifyRevoked();
    const step = replayed(client).at(-1);
    expect(step).toMatchObject({
      at: origin.device.wallNow(),
      input: { type: 'ended', reason: 'revoked' },
      snapshot: { status: 'expired', reason: 'revoked' },
      events: [{ type: 'session-ended' }],
      schedule: { effects: [], wakeAt: Number.POSITIVE_INFINITY },
    });
    expect(step?.changes).toContainEqual({
      path: 'signIn.end',
      before: null,
      after: expect.objectContaining({ reason: 'revoked' }),
    });
    expect(step?.changes.map(({ path }) => path)).not.toContain('signIn.session');
  });

  it('has an empty list of changes where nothing changed, and quotes the keys of requests', async () => {
    const { client } = openRecorded();
    await origin.advance(1_000);
    client.retainAccessToken({ audience: 'api' });
    client.meetStepUp('unknown');
    const steps = replayed(client);
    const retained = steps.find(({ input }) => input.type === 'retained');
    expect(retained?.changes.map(({ path }) => path)).toEqual([
      String.raw`requests["token:{\"audience\":\"api\"}"]`,
    ]);
    expect(steps.at(-1)).toMatchObject({ input: { type: 'call-met' }, changes: [] });
  });

  it('has a change of the clock where the server corrects it, and none where time passes', async () => {
    const clock = new TestClock();
    const start = clock.now();
    clock.environment.fetch = async () =>
      new Response('', { headers: { date: new Date(start).toUTCString() } });
    const getSession: SessionSource['getSession'] = async ({ fetch }) => {
      await fetch('/me');
      return { user: { sub: 'ada' } };
    };
    const client = createTestClient({ source: { name: 'mine', getSession }, clock });
    client.start();
    await clock.advance('10ms');
    // Not a sleep: the user sets the clock forward.
    await clock.sleep('1h');
    await clock.advance('10ms');
    const corrected = replayed(client).filter(({ changes }) =>
      changes.some(({ path }) => path === 'clock.device'),
    );
    expect(corrected.map(({ input }) => input.type)).toEqual(['server-time']);
    client.stop();
  });

  it('shows a changed claim of the same user, without the claim', async () => {
    let emit: (event: SourceEvent) => void = () => {};
    const source = new TestSource();
    const client = createTestClient({
      source: Object.assign(source, {
        subscribe: (onEvent: typeof emit) => {
          emit = onEvent;
          return () => {};
        },
      }),
    });
    client.start();
    await client.getSession();
    const changesBy = (name: string): string[] => {
      emit({ type: 'session', session: { user: { sub: 'test-user', name } } });
      const steps = replayed(client);
      return steps.at(-1)?.changes.map(({ path }) => path) ?? [];
    };
    expect(changesBy('Ada')).toContain('signIn.session.user.claims');
    expect(changesBy('Ada').filter((path) => path.startsWith('signIn'))).toEqual([]);
    expect(changesBy('Augusta')).toContain('signIn.session.user.claims');
    client.stop();
  });
});

it('replays a log without changing it, and returns the same each time', async () => {
  const clock = new TestClock();
  const client = createTestClient({ source: new TestSource(), clock, policy });
  client.retainAccessToken();
  client.start();
  await clock.advance('20m');
  const log: unknown = deepFreeze(client.getLog());
  const steps = replayLog(log);
  await clock.advance('1d');
  expect(steps.length).toBeGreaterThan(20);
  expect(replayLog(log)).toEqual(steps);
  client.stop();
});

it('replays the state of a client that has had no input', () => {
  expect(replayLog(createTestClient({ source: new TestSource() }).getLog())).toEqual([]);
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

describe('replayLog() throws a TypeError that says what to do', () => {
  const client = createTestClient({ source: new TestSource() });
  client.reportActivity();
  const log = client.getLog();
  const [entry] = log.entries;

  it.each([
    ['text', JSON.stringify(log), 'Pass JSON.parse(text)'],
    ['the logs of several clients', [log], 'one client at a time'],
    ['nothing', undefined, 'The log is undefined. Pass what client.getLog() returned'],
    ['another object', {}, 'no version. Pass what client.getLog() returned'],
    ['a later version', { ...log, version: 2 }, 'the release that wrote it'],
    ['no config', { ...log, state: { ...log.state, config: undefined } }, 'no config. Pass'],
    ['no state', { ...log, state: null }, 'no state. Pass'],
    ['no entries', { ...log, entries: {} }, 'no entries. Pass'],
    [
      'an entry without a reading',
      { ...log, entries: [entry, { ...entry, reading: {} }] },
      'Entry 1',
    ],
    ['an unknown input', { ...log, entries: [{ ...entry, input: { type: 'odd' } }] }, '"odd"'],
    [
      'an inherited name',
      { ...log, entries: [{ ...entry, input: { type: 'toString' } }] },
      'unknown',
    ],
    ['a damaged state', { ...log, state: { config: log.state['config'], requests: {} } }, 'replay'],
  ])('%s', (_what, damaged, advice) => {
    expect(() => replayLog(damaged)).toThrow(TypeError);
    expect(() => replayLog(damaged)).toThrow(advice);
  });
});
