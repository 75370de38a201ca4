import { describe, expect, it, vi } from 'vitest';
import { rolling, type SessionSource } from '../../../src/index.js';
import { create, manyTabs, open, origin, tabs } from '../../support/manyTabs.js';
import { Deferred, never, watch } from '../../support/promises.js';

manyTabs();

const options = { policy: rolling({ idle: '8h' }) };

/** A source whose token requests take 100 ms, its calls, and the most requests at the same time. */
function slowSource(): {
  overrides: Partial<SessionSource>;
  maxRunning: () => number;
  calls: string[];
} {
  let running = 0;
  let max = 0;
  const calls: string[] = [];
  const getAccessToken: SessionSource['getAccessToken'] = async ({ audience = '' }, { now }) => {
    calls.push(audience);
    max = Math.max(max, ++running);
    await new Promise<void>((resolve) => origin.device.setTimer(100, resolve));
    running--;
    return { value: `secret-ada-${calls.length}`, expiresAt: now() + 3_600_000 };
  };
  return { overrides: { getAccessToken }, maxRunning: () => max, calls };
}

describe('a tab to which Web Locks are denied, as in a sandboxed frame', () => {
  function deny(): void {
    for (const { env } of tabs) {
      const denied = () => Promise.reject(new DOMException('Access is denied.', 'SecurityError'));
      Object.assign(env.locks!, { request: denied, held: denied });
    }
  }

  it('gets its tokens one request after the other, and warns once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { overrides, maxRunning } = slowSource();
    const { client } = create(options, overrides);
    deny();
    client.start();
    await origin.advance(200);
    const calls = ['one', 'two', 'three'].map((audience) => client.getAccessToken({ audience }));
    await origin.advance(1_000);
    expect(await Promise.all(calls)).toHaveLength(3);
    expect(maxRunning()).toBe(1);
    expect(client.getSnapshot()).toMatchObject({ status: 'active', error: null });
    const warnings = warn.mock.calls.filter(([text]) => String(text).includes('Web Locks'));
    expect(warnings.length).toBe(1);
    warn.mockRestore();
  });
});

describe('a finished refresh', () => {
  it('is announced before the next tab gets the refresh lock, even if the browser grants the announcement late', async () => {
    const first = create(options, slowSource().overrides);
    const request = first.env.locks!.request.bind(first.env.locks);
    const grantedLate: typeof request = async (name, signal, hold) => {
      if (name.includes(':published:')) {
        await new Promise<void>((resolve) => origin.device.setTimer(50, resolve));
      }
      return request(name, signal, hold);
    };
    Object.assign(first.env.locks!, { request: grantedLate });
    first.client.start();
    await origin.advance(300);
    const call = watch(first.client.getAccessToken({ audience: 'api' }));
    await origin.advance(50);
    const heldAtTurn: string[][] = [];
    const next = origin
      .open()
      .locks!.request(
        [...origin.heldLocks()].find((name) => name.endsWith(':turn'))!,
        new AbortController().signal,
        async () => void heldAtTurn.push(origin.heldLocks()),
      );
    await origin.advance(1_000);
    await next;
    expect(call.outcome).toMatch(/^secret-ada/);
    expect(heldAtTurn.flat().some((name) => name.includes(':published:'))).toBe(true);
  });
});

describe('an aborted request', () => {
  it('keeps the refresh lock until the promise of the SDK settles, or until the time-out', async () => {
    const { client, env } = open(options, { getAccessToken: never });
    await origin.advance(200);
    const caller = new AbortController();
    const call = watch(client.getAccessToken({ signal: caller.signal }));
    await origin.advance(100);
    caller.abort(new Error('aborted'));
    await origin.advance(1_000);
    expect(call.outcome).toEqual(new Error('aborted'));
    expect(origin.heldLocks().some((name) => name.endsWith(':turn'))).toBe(true);
    client.stop();
    await origin.advance(31_000);
    expect(origin.heldLocks()).toEqual([]);
    expect(env.ownTimers).toBe(0);
  });

  it('is announced to the other tabs when it succeeds late, so the next refresh waits for the storage of the SDK', async () => {
    const storageDelay = '500ms';
    const lateAnswer = new Deferred();
    const hanging: Partial<SessionSource> = {
      storageDelay,
      getAccessToken: async (_request, { now }) => {
        await lateAnswer.promise;
        return { value: 'secret-ada-late', expiresAt: now() + 60_000 };
      },
    };
    const first = open({ ...options, refresh: { timeout: '1s', maxWait: '1ms' } }, hanging);
    await origin.advance(200);
    const requestedAt: number[] = [];
    const second = open(options, {
      storageDelay,
      getAccessToken: async (_request, { now }) => {
        requestedAt.push(origin.device.monotonic);
        return { value: 'secret-ada-next', expiresAt: now() + 60_000 };
      },
    });
    await origin.advance(700);
    const timedOut = watch(first.client.getAccessToken());
    await origin.advance(1_100);
    expect(timedOut.outcome).toBe('ERR_TIMEOUT');
    const call = watch(second.client.getAccessToken());
    await origin.advance(100);
    const storedAt = origin.device.monotonic;
    lateAnswer.resolve();
    await origin.advance(2_000);
    expect(call.outcome).toBe('secret-ada-next');
    expect(requestedAt[0]).toBeGreaterThanOrEqual(storedAt + 500);
  });
});

describe('a promise of the SDK that never settles', () => {
  it('delays the release of the refresh lock once, not for later refreshes of the tab', async () => {
    let hangs = true;
    const { client } = open(
      { ...options, refresh: { timeout: '5s' } },
      {
        getAccessToken: async (_request, { now }) => {
          if (hangs) await never();
          return { value: 'secret-ada-1', expiresAt: now() + 20_000 };
        },
      },
    );
    await origin.advance(200);
    client.getAccessToken().catch(() => {});
    await origin.advance(30_000);
    hangs = false;
    await origin.advance(60_000);
    for (let refresh = 0; refresh < 3; refresh++) {
      const call = watch(client.getAccessToken({ forceRefresh: true }));
      await origin.advance(10);
      expect(call.outcome).toBe('secret-ada-1');
      expect(origin.heldLocks().filter((name) => name.endsWith(':turn'))).toEqual([]);
      await origin.advance(1_000);
    }
  });
});

describe('the storageDelay of a source', () => {
  it('is not awaited after refreshes of the own tab: twenty audiences take twenty times as long as one', async () => {
    const { overrides, calls, maxRunning } = slowSource();
    const { client } = open(options, { ...overrides, storageDelay: '500ms' });
    await origin.advance(200);
    const audiences = Array.from({ length: 20 }, (_, index) => `api-${index}`);
    const all = Promise.all(audiences.map((audience) => client.getAccessToken({ audience })));
    const outcome = watch(all);
    await origin.advance(20 * 100 + 100);
    expect(outcome.outcome).toHaveLength(20);
    expect([calls.length, maxRunning()]).toEqual([20, 1]);
  });
});
