import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activityDueAt } from '../../src/core/model/extension.js';
import type { SessionClientOptions } from '../../src/core/options.js';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { absolute, rolling, SessionError, subscribeToClock } from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';
import { FakeSource } from '../support/fakeSource.js';

const minute = 60_000;

let env: TestEnvironment;
let source: FakeSource;
let client: SessionClient;
let extendedAt: number[];
let extend: () => Promise<void>;

beforeEach(() => {
  env = new TestEnvironment();
  source = new FakeSource();
  extendedAt = [];
  extend = async () => {};
  Object.assign(source, {
    extend: async () => {
      extendedAt.push(env.monotonic);
      await extend();
      return source.session;
    },
  });
});

afterEach(async () => {
  client.stop();
  await env.advance(0);
  expect([env.timers.size, env.activityListeners.size]).toEqual([0, 0]);
});

async function started(options: Partial<SessionClientOptions> = {}): Promise<void> {
  client = createSessionClient({ source, policy: rolling({ idle: '10m' }), ...options }, env);
  client.start();
  await env.advance(0);
}

/** The user is active every `every` ms, for `ms`. */
async function stayActive(ms: number, every = 500): Promise<void> {
  for (let passed = 0; passed < ms; passed += every) {
    env.simulateActivity();
    await env.advance(every);
  }
}

const status = () => client.getSnapshot().status;

describe('the session of an active user', () => {
  it('is extended at most once a minute, and never ends', async () => {
    await started();
    await stayActive(30 * minute);
    expect(status()).toBe('active');
    expect(extendedAt.length).toBeGreaterThanOrEqual(28);
    const pauses = extendedAt.slice(1).map((at, index) => at - (extendedAt[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(minute);
  });

  it('is extended in time when the idle time is shorter than a minute', async () => {
    await started({ policy: rolling({ idle: '45s', warnBefore: '20s' }) });
    await stayActive(10 * minute);
    expect(status()).toBe('active');
  });

  it('is extended once for one activity, even if the next comes minutes later', async () => {
    await started();
    await env.advance(1_000);
    env.simulateActivity();
    await env.advance(5 * minute);
    expect(extendedAt).toHaveLength(1);
  });

  it('is extended once the server recovers, with a back-off until then', async () => {
    await started();
    extend = () => Promise.reject(new SessionError('ERR_SERVER', 'It is down.'));
    await stayActive(5 * minute);
    expect(status()).toBe('active');
    expect(extendedAt.length).toBeLessThan(20);
    extend = async () => {};
    await stayActive(2 * minute);
    const { deadline } = client.getSnapshot();
    expect(deadline?.at).toBeGreaterThan(client.now() + 8 * minute);
  });

  it('is extended without a request when the source has no extend()', async () => {
    Object.assign(source, { extend: undefined });
    await started();
    await stayActive(30 * minute);
    expect(status()).toBe('active');
    await env.advance(10 * minute);
    expect(status()).toBe('expired');
  });

  it('does not notify subscribers of every activity', async () => {
    Object.assign(source, { extend: undefined });
    await started();
    let notifications = 0;
    client.subscribe(() => notifications++);
    await stayActive(5 * minute);
    expect(notifications).toBeLessThanOrEqual(6);
  });
});

describe('a session is not extended', () => {
  it('by requests, countdowns, reading the session, or input in a hidden page', async () => {
    await started();
    client.retainAccessToken();
    const stopWatching = subscribeToClock(client, 1_000, () => {});
    for (let passed = 0; passed < 9; passed++) {
      await client.getAccessToken();
      await client.refresh();
      env.visible = false;
      env.simulateActivity();
      env.visible = true;
      await env.advance(minute);
    }
    expect(extendedAt).toEqual([]);
    stopWatching();
    await env.advance(minute);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('by activity after it has ended', async () => {
    await started();
    await env.advance(10 * minute + 1);
    env.simulateActivity();
    await env.advance(minute);
    expect(status()).toBe('expired');
    expect(extendedAt).toEqual([]);
  });

  it('by activity while a dialog asks the user, only by the answer', async () => {
    await started();
    const close = client.addExpiryPrompt();
    await env.advance(9 * minute);
    expect(status()).toBe('expiring');
    await stayActive(10_000);
    expect(extendedAt).toEqual([]);
    await client.extend();
    expect([status(), extendedAt.length]).toEqual(['active', 1]);
    close();
  });
});

describe('activity during the warning period', () => {
  it('extends the session when no dialog asks the user', async () => {
    await started();
    await env.advance(9 * minute);
    env.simulateActivity();
    await env.advance(0);
    expect([status(), extendedAt.length]).toEqual(['active', 1]);
  });
});

describe('activity listeners', () => {
  it('are attached once per page, and not at all when the session cannot be extended', async () => {
    await started({ policy: absolute({ lifetime: '8h' }) });
    expect(env.activityListeners.size).toBe(0);
    client.stop();
    await env.advance(0);
    await started();
    expect(env.activityListeners.size).toBe(1);
  });
});

describe('the next extension is due', () => {
  const deadline = { at: 600_000, kind: 'idle', since: 0 } as const;

  it.each([
    ['never, without activity since the last one', 0, 0, Number.POSITIVE_INFINITY],
    ['a minute after the last one', 0, 5_000, 60_000],
    ['at the activity itself, when the last one was more than a minute ago', 0, 200_000, 200_000],
    ['after a third of a lifetime that is shorter than three minutes', 570_000, 575_000, 580_000],
  ])('%s', (_name, extended, active, due) => {
    expect(activityDueAt(deadline, 0, extended, active)).toBe(due);
  });

  it('never, when the policy has a fixed end', async () => {
    await started({ policy: absolute({ lifetime: '8h' }) });
    await stayActive(5 * minute);
    client.reportActivity();
    await env.advance(5 * minute);
    expect(extendedAt).toEqual([]);
  });
});

it('a session without activity ends offline, although the source was being asked before', async () => {
  await started();
  await env.advance(5 * minute);
  source.answerSession = () => new Promise(() => {});
  env.resume();
  await env.advance(1_000);
  env.online = false;
  env.resume();
  await env.advance(6 * minute);
  expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
});

it('a session without activity ends also while the browser is offline', async () => {
  await started();
  await env.advance(5 * minute);
  env.online = false;
  env.resume();
  await env.advance(6 * minute);
  expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
});
