import { describe, expect, it } from 'vitest';
import { createSessionClient } from '../../../src/core/shell/createSessionClient.js';
import { rolling } from '../../../src/index.js';
import { TestEnvironment } from '../../../src/testing/testEnvironment.js';
import { FakeSource } from '../../support/fakeSource.js';

const hour = 3_600_000;

describe('the timer of the client', () => {
  it('is one for a 30-day token, shorter than the delay that a browser would fire at once', async () => {
    const env = new TestEnvironment();
    const source = new FakeSource();
    source.tokenLifetime = 30 * 24 * hour;
    const client = createSessionClient({ source, policy: rolling({ idle: '60d' }) }, env);
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
