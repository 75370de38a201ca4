import { describe, expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import { settled } from '../../src/testing/testEnvironment.js';
import { client, env, onePage, source, started } from '../support/onePage.js';
import { never, watch } from '../support/promises.js';

const minute = 60_000;

onePage();

describe('a stopped client', () => {
  it('rejects a pending extension and clears its timer', async () => {
    Object.assign(source, { extend: never });
    await started({ policy: rolling({ idle: '30m' }) });
    const extension = watch(client.extend());
    await settled();
    client.stop();
    await env.advance(0);
    expect([env.timers.size, extension.outcome]).toEqual([0, 'ERR_LOGIN_CANCELLED']);
  });

  it('can be stopped twice, and starts again', async () => {
    await started();
    client.stop();
    client.stop();
    await env.advance(0);
    client.start();
    await env.advance(0);
    env.online = false;
    env.resume();
    expect(client.getSnapshot().connection).toBe('offline');
  });

  it('does not end a session whose deadline it was verifying', async () => {
    source.answerToken = async () => ({
      value: `secret-${source.asked.token}`,
      issuedAt: env.wall,
      expiresAt: env.wall + minute,
    });
    await started({ policy: rolling({ idle: '1h' }) });
    await client.getAccessToken();
    source.answerToken = never;
    env.wall += 120 * minute;
    env.resume();
    await env.advance(0);
    client.stop();
    await env.advance(30_000);
    expect(client.getSnapshot().status).toBe('expiring');
  });
});
