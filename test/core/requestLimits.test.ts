import { describe, expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import { client, env, fails, onePage, source, started } from '../support/onePage.js';
import { watch } from '../support/promises.js';

const minute = 60_000;

onePage();

describe('a source', () => {
  it('that returns the same token again is not asked by every read', async () => {
    const token = { value: 'secret', issuedAt: env.wall, expiresAt: env.wall + minute };
    source.answerToken = async () => token;
    await started();
    await client.getAccessToken();
    await env.advance(51_000);
    for (let read = 0; read < 100; read++) await client.getAccessToken();
    expect(source.asked.token).toBe(2);
  });

  it('that refuses a token for good is not asked again when the user comes back', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    client.retainAccessToken();
    await env.advance(0);
    source.answerToken = fails('ERR_REFRESH_FAILED');
    await env.advance(minute);
    const before = source.asked.token;
    for (let count = 0; count < 10; count++) {
      env.resume();
      await env.advance(2_000);
    }
    expect(source.asked.token).toBe(before);
  });

  it('that fails is not asked again while no token is needed', async () => {
    await started();
    source.answerToken = fails('ERR_SERVER');
    const call = watch(client.getAccessToken());
    await env.advance(minute);
    expect(call.outcome).toBe('ERR_SERVER');
    const before = source.asked.token;
    await env.advance(60 * minute);
    // The latest request failed, and none has succeeded since.
    expect([source.asked.token, client.getSnapshot().connection]).toEqual([before, 'degraded']);
    source.answerToken = async (_request, context) => source.mint(context);
    await client.getAccessToken();
    expect(client.getSnapshot().connection).toBe('online');
  });

  it('that answers with Retry-After is not asked before that, however often refresh() is called', async () => {
    await started();
    source.answerToken = fails('ERR_RATE_LIMITED', minute);
    for (let attempt = 0; attempt < 10; attempt++) {
      await expect(client.refresh()).rejects.toMatchObject({ code: 'ERR_RATE_LIMITED' });
      await env.advance(100);
    }
    expect(source.asked.token).toBe(1);
  });

  it('that answers with an infinite Retry-After is asked again within an hour', async () => {
    await started();
    source.answerToken = fails('ERR_RATE_LIMITED', Number.POSITIVE_INFINITY);
    client.retainAccessToken();
    await env.advance(1_000);
    source.answerToken = async (_request, context) => source.mint(context);
    await env.advance(60 * minute);
    expect(client.getSnapshot().accessToken.status).toBe('fresh');
  });
});
