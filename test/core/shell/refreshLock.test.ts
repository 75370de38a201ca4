import { describe, expect, it, vi } from 'vitest';
import { rolling, type SessionSource } from '../../../src/index.js';
import { create, manyTabs, open, origin, tabs } from '../../support/manyTabs.js';
import { Later, never, watch } from '../../support/promises.js';

manyTabs();

const signedIn = { policy: rolling({ idle: '8h' }) };

/** A source of which every call for a token takes 100 ms, and how many were under way at most. */
function slowSource(): { own: Partial<SessionSource>; most: () => number; calls: string[] } {
  let running = 0;
  let most = 0;
  const calls: string[] = [];
  const getAccessToken: SessionSource['getAccessToken'] = async ({ audience = '' }, { now }) => {
    calls.push(audience);
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => origin.device.setTimer(100, resolve));
    running--;
    return { value: `secret-ada-${calls.length}`, expiresAt: now() + 3_600_000 };
  };
  return { own: { getAccessToken }, most: () => most, calls };
}

describe('where Web Locks are denied, as in a sandboxed frame', () => {
  function deny(): void {
    for (const { env } of tabs) {
      const denied = () => Promise.reject(new DOMException('Access is denied.', 'SecurityError'));
      Object.assign(env, { locks: { request: denied, held: denied } });
    }
  }

  it('a tab gets its tokens all the same, one request after the other, and says so once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { own, most } = slowSource();
    const { client } = create(signedIn, own);
    deny();
    client.start();
    await origin.advance(200);
    const calls = ['one', 'two', 'three'].map((audience) => client.getAccessToken({ audience }));
    await origin.advance(1_000);
    expect(await Promise.all(calls)).toHaveLength(3);
    expect(most()).toBe(1);
    expect(client.getSnapshot()).toMatchObject({ status: 'active', error: null });
    const said = warn.mock.calls.filter(([text]) => String(text).includes('Web Locks'));
    expect(said.length).toBeLessThanOrEqual(1);
    warn.mockRestore();
  });
});

describe('a request whose caller gave up', () => {
  it('keeps the lock until the SDK is quiet, for its time at most', async () => {
    const { client, env } = open(signedIn, { getAccessToken: never });
    await origin.advance(200);
    const caller = new AbortController();
    const call = watch(client.getAccessToken({ signal: caller.signal }));
    await origin.advance(100);
    caller.abort(new Error('given up'));
    await origin.advance(1_000);
    expect(call.outcome).toEqual(new Error('given up'));
    expect(origin.heldNames().some((name) => name.endsWith(':turn'))).toBe(true);
    client.stop();
    await origin.advance(31_000);
    expect(origin.heldNames()).toEqual([]);
    expect(env.ownTimers).toBe(0);
  });

  it('is told to the other tabs when it comes late, so that the next waits for the storage of the SDK', async () => {
    const storageDelay = '500ms';
    const late = new Later();
    const hanging: Partial<SessionSource> = {
      storageDelay,
      getAccessToken: async (_request, { now }) => {
        await late.promise;
        return { value: 'secret-ada-late', expiresAt: now() + 60_000 };
      },
    };
    const first = open({ ...signedIn, refresh: { timeout: '1s', maxWait: '1ms' } }, hanging);
    await origin.advance(200);
    const asked: number[] = [];
    const second = open(signedIn, {
      storageDelay,
      getAccessToken: async (_request, { now }) => {
        asked.push(origin.device.monotonic);
        return { value: 'secret-ada-next', expiresAt: now() + 60_000 };
      },
    });
    await origin.advance(700);
    const given = watch(first.client.getAccessToken());
    await origin.advance(1_100);
    expect(given.outcome).toBe('ERR_TIMEOUT');
    const call = watch(second.client.getAccessToken());
    await origin.advance(100);
    const storedAt = origin.device.monotonic;
    late.resolve();
    await origin.advance(2_000);
    expect(call.outcome).toBe('secret-ada-next');
    expect(asked[0]).toBeGreaterThanOrEqual(storedAt + 500);
  });
});

describe('a promise of the SDK that never settles', () => {
  it('is waited for once: later refreshes of the tab keep the lock for as long as they take', async () => {
    let hangs = true;
    const { client } = open(
      { ...signedIn, refresh: { timeout: '5s' } },
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
      expect(origin.heldNames().filter((name) => name.endsWith(':turn'))).toEqual([]);
      await origin.advance(1_000);
    }
  });
});

describe('twenty audiences of one tab', () => {
  it('take twenty times what one takes: its own refreshes are not another tab’s', async () => {
    const { own, calls, most } = slowSource();
    const { client } = open(signedIn, { ...own, storageDelay: '500ms' });
    await origin.advance(200);
    const audiences = Array.from({ length: 20 }, (_, index) => `api-${index}`);
    const all = Promise.all(audiences.map((audience) => client.getAccessToken({ audience })));
    const outcome = watch(all);
    await origin.advance(20 * 100 + 100);
    expect(outcome.outcome).toHaveLength(20);
    expect([calls.length, most()]).toEqual([20, 1]);
  });
});
