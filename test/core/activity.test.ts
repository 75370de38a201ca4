import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activityDueAt } from '../../src/core/model/extension.js';
import type { SessionClientOptions } from '../../src/core/options.js';
import { SessionClient } from '../../src/core/shell/sessionClient.js';
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
  client = new SessionClient({ source, policy: rolling({ idle: '10m' }), ...options }, env);
  client.start();
  await env.advance(0);
}

/** A person who is at it all the time, for so many ms. */
async function work(ms: number, every = 500): Promise<void> {
  for (let passed = 0; passed < ms; passed += every) {
    env.touch();
    await env.advance(every);
  }
}

const status = () => client.getSnapshot().status;

describe('an active person’s session', () => {
  it('is extended at most once a minute, and never ends', async () => {
    await started();
    await work(30 * minute);
    expect(status()).toBe('active');
    expect(extendedAt.length).toBeGreaterThanOrEqual(28);
    const pauses = extendedAt.slice(1).map((at, index) => at - (extendedAt[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(minute);
  });

  it('is extended long before a deadline that is nearer than a minute', async () => {
    await started({ policy: rolling({ idle: '45s', warnBefore: '20s' }) });
    await work(10 * minute);
    expect(status()).toBe('active');
  });

  it('is extended once for one sign, however late the next comes', async () => {
    await started();
    await env.advance(1_000);
    env.touch();
    await env.advance(5 * minute);
    expect(extendedAt).toHaveLength(1);
  });

  it('is extended though the server fails for a while, with a back-off', async () => {
    await started();
    extend = () => Promise.reject(new SessionError('ERR_SERVER', 'It is down.'));
    await work(5 * minute);
    expect(status()).toBe('active');
    expect(extendedAt.length).toBeLessThan(20);
    extend = async () => {};
    await work(2 * minute);
    const { deadline } = client.getSnapshot();
    expect(deadline?.at).toBeGreaterThan(client.now() + 8 * minute);
  });

  it('needs no server where only the policy counts', async () => {
    Object.assign(source, { extend: undefined });
    await started();
    await work(30 * minute);
    expect(status()).toBe('active');
    await env.advance(10 * minute);
    expect(status()).toBe('expired');
  });

  it('re-renders nobody by each sign', async () => {
    Object.assign(source, { extend: undefined });
    await started();
    let told = 0;
    client.subscribe(() => told++);
    await work(5 * minute);
    expect(told).toBeLessThanOrEqual(6);
  });
});

describe('no sign of a person is', () => {
  it('polling, ticking, reading, or a hidden page', async () => {
    await started();
    client.retainAccessToken();
    const stopWatching = subscribeToClock(client, 1_000, () => {});
    for (let passed = 0; passed < 9; passed++) {
      await client.getAccessToken();
      await client.refresh();
      env.visible = false;
      env.touch();
      env.visible = true;
      await env.advance(minute);
    }
    expect(extendedAt).toEqual([]);
    stopWatching();
    await env.advance(minute);
    expect(client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('one that comes after the end', async () => {
    await started();
    await env.advance(10 * minute + 1);
    env.touch();
    await env.advance(minute);
    expect(status()).toBe('expired');
    expect(extendedAt).toEqual([]);
  });

  it('one before the end, while a dialog asks: only the answer counts', async () => {
    await started();
    const close = client.addExpiryPrompt();
    await env.advance(9 * minute);
    expect(status()).toBe('expiring');
    await work(10_000);
    expect(extendedAt).toEqual([]);
    await client.extend();
    expect([status(), extendedAt.length]).toEqual(['active', 1]);
    close();
  });

  it('one before the end, where nothing asks, is heeded: nobody is surprised', async () => {
    await started();
    await env.advance(9 * minute);
    env.touch();
    await env.advance(0);
    expect([status(), extendedAt.length]).toEqual(['active', 1]);
  });
});

describe('the listeners', () => {
  it('are one set a page, and none where nothing can be extended', async () => {
    await started({ policy: absolute({ lifetime: '8h' }) });
    expect(env.activityListeners.size).toBe(0);
    client.stop();
    await env.advance(0);
    await started();
    expect(env.activityListeners.size).toBe(1);
  });
});

describe('when an extension is due', () => {
  const deadline = { at: 600_000, kind: 'idle', since: 0 } as const;

  it.each([
    ['not without a sign since the last one', 0, 0, Number.POSITIVE_INFINITY],
    ['a minute after the last one', 0, 5_000, 60_000],
    ['at once where that was long ago', 0, 200_000, 200_000],
    ['in the first third of a short life', 570_000, 575_000, 580_000],
  ])('%s', (_name, extended, active, due) => {
    expect(activityDueAt(deadline, 0, extended, active)).toBe(due);
  });

  it('never where the end does not move', async () => {
    await started({ policy: absolute({ lifetime: '8h' }) });
    await work(5 * minute);
    client.reportActivity();
    await env.advance(5 * minute);
    expect(extendedAt).toEqual([]);
  });
});
