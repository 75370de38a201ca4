import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionClient } from '../../../src/core/shell/sessionClient.js';
import { Source } from '../../../src/core/shell/source.js';
import { rolling, type SourceContext } from '../../../src/index.js';
import { TestEnvironment } from '../../../src/testing/testEnvironment.js';
import { FakeSource } from '../../support/fakeSource.js';

const hour = 3_600_000;
let env: TestEnvironment;
const told = vi.fn();

beforeEach(() => {
  env = new TestEnvironment();
  told.mockReset();
});

describe('the fetch of a source', () => {
  async function fetchWith(headers: Record<string, string>): Promise<void> {
    env.fetch = async () => new Response('', { headers });
    const source = {
      name: 'test',
      getSession: async ({ fetch }: SourceContext) => {
        await fetch('/');
        return null;
      },
    };
    const options = { source, env, timeout: 1_000, now: () => env.wall, onServerTime: told };
    await new Source(options).getSession(false, new AbortController().signal);
  }

  it('tells the server’s time by the Date of an answer, at its latest', async () => {
    const date = env.wall - 2 * hour;
    await fetchWith({ Date: new Date(date).toUTCString() });
    expect(told).toHaveBeenCalledExactlyOnceWith(date + 1_000, 1_000);
  });

  it('tells nothing by the Date of a cached answer, by none, or by text that is none', async () => {
    await fetchWith({ Date: new Date(env.wall - hour).toUTCString(), Age: '3600' });
    await fetchWith({});
    await fetchWith({ Date: 'yesterday' });
    expect(told).not.toHaveBeenCalled();
  });
});

describe('the timer', () => {
  it('for a 30-day token is one, and none that a browser would fire at once', async () => {
    const source = new FakeSource();
    source.tokenLife = 30 * 24 * hour;
    const client = new SessionClient({ source, policy: rolling({ idle: '60d' }) }, env);
    client.start();
    client.retainAccessToken();
    await env.advance(0);
    const { token } = source.asked;
    for (let passed = 0; passed < hour; passed += 60_000) {
      // The environment refuses a timer of 2^31 ms and more.
      expect(env.timers.size).toBe(1);
      await env.advance(60_000);
    }
    expect(source.asked.token).toBe(token);
    client.stop();
    await env.advance(0);
    expect(env.timers.size).toBe(0);
  });
});
