import { describe, expect, it } from 'vitest';
import { absolute, rolling, subscribeToClock } from '../../src/index.js';
import { settled } from '../../src/testing/testEnvironment.js';
import {
  client,
  create,
  env,
  events,
  fails,
  onePage,
  source,
  started,
} from '../support/onePage.js';
import { never, watch } from '../support/promises.js';

const minute = 60_000;

onePage();

const status = () => client.getSnapshot().status;
const types = () => events.map(({ type }) => type);

describe('a client that is stopped', () => {
  it('lets go of an extension that is under way', async () => {
    Object.assign(source, { extend: never });
    await started({ policy: rolling({ idle: '30m' }) });
    const extension = watch(client.extend());
    await settled();
    client.stop();
    await env.advance(0);
    expect([env.timers.size, extension.outcome]).toEqual([0, 'ERR_LOGIN_CANCELLED']);
  });

  it('may be stopped twice, and still starts', async () => {
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

  it('ends nothing that it was about to verify', async () => {
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
    expect(status()).toBe('expiring');
  });
});

describe('a rendered session that looks over', () => {
  it('is taken for alive until the source was asked: the device’s clock may be wrong', async () => {
    const rendered = { user: { sub: 'ada' }, expiresAt: env.wall - minute };
    source.session = rendered;
    create({ initialSession: rendered });
    expect(client.getInitialSnapshot()).toMatchObject({ status: 'active', deadline: null });
    expect(status()).toBe('expiring');
  });

  it('is over once the source has confirmed it, and gives no token', async () => {
    const rendered = { user: { sub: 'ada' }, startedAt: env.wall - 62 * minute };
    source.session = rendered;
    await started({ policy: absolute({ lifetime: '1h' }), initialSession: rendered });
    expect([status(), source.asked.session]).toEqual(['expired', 1]);
    expect(events).toMatchObject([{ type: 'session-ended', reason: 'lifetime' }]);
    await expect(client.getAccessToken({ onExpired: 'throw' })).rejects.toMatchObject({
      code: 'ERR_EXPIRED_SESSION',
    });
  });
});

describe('a listener', () => {
  it('that ends the session hears of it once', async () => {
    await started({ policy: rolling({ idle: '10m' }) });
    client.subscribe(() => {
      if (status() === 'expiring') client.notifyRevoked();
    });
    await env.advance(9 * minute);
    expect(types()).toEqual(['session-started', 'session-expiring', 'session-ended']);
  });

  it('that ends it at once still hears that it began', async () => {
    create();
    client.subscribe(() => {
      if (status() === 'active') client.notifyRevoked();
    });
    client.start();
    await env.advance(0);
    expect(types()).toEqual(['session-started', 'session-ended']);
  });

  it('that ends it before a token is asked for keeps the source from being asked', async () => {
    await started();
    client.subscribe(() => {
      if (client.getSnapshot().accessToken.status === 'fetching') client.notifyRevoked();
    });
    const call = watch(client.getAccessToken());
    await env.advance(100);
    expect([source.asked.token, call.outcome]).toEqual([0, 'ERR_EXPIRED_SESSION']);
  });
});

describe('a source', () => {
  it('that gives the same token again is not stormed by its readers', async () => {
    const token = { value: 'secret', issuedAt: env.wall, expiresAt: env.wall + minute };
    source.answerToken = async () => token;
    await started();
    await client.getAccessToken();
    await env.advance(51_000);
    for (let read = 0; read < 100; read++) await client.getAccessToken();
    expect(source.asked.token).toBe(2);
  });

  it('that refuses a token for good is not asked again whenever the person comes back', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    client.retainAccessToken();
    await env.advance(0);
    source.answerToken = fails('ERR_REFRESH_FAILED');
    await env.advance(minute);
    const before = source.asked.token;
    for (let time = 0; time < 10; time++) {
      env.resume();
      await env.advance(2_000);
    }
    expect(source.asked.token).toBe(before);
  });

  it('that fails is left alone while nobody needs a token', async () => {
    await started();
    source.answerToken = fails('ERR_SERVER');
    const call = watch(client.getAccessToken());
    await env.advance(minute);
    expect(call.outcome).toBe('ERR_SERVER');
    const before = source.asked.token;
    await env.advance(60 * minute);
    // Nothing has succeeded since the latest request failed.
    expect([source.asked.token, client.getSnapshot().connection]).toEqual([before, 'degraded']);
    source.answerToken = async (_request, context) => source.mint(context);
    await client.getAccessToken();
    expect(client.getSnapshot().connection).toBe('online');
  });

  it('that has named its time gets it, press after press', async () => {
    await started();
    source.answerToken = fails('ERR_RATE_LIMITED', minute);
    for (let press = 0; press < 10; press++) {
      await expect(client.refresh()).rejects.toMatchObject({ code: 'ERR_RATE_LIMITED' });
      await env.advance(100);
    }
    expect(source.asked.token).toBe(1);
  });

  it('that names an absurd time is asked again within an hour', async () => {
    await started();
    source.answerToken = fails('ERR_RATE_LIMITED', Number.POSITIVE_INFINITY);
    client.retainAccessToken();
    await env.advance(1_000);
    source.answerToken = async (_request, context) => source.mint(context);
    await env.advance(60 * minute);
    expect(client.getSnapshot().accessToken.status).toBe('fresh');
  });
});

it('a call that was given up before it began is rejected, though a token is in hand', async () => {
  await started();
  await client.getAccessToken();
  await expect(client.getAccessToken({ signal: AbortSignal.abort('enough') })).rejects.toBe(
    'enough',
  );
});

it('a counter that throws stops no other', async () => {
  await started();
  let ticks = 0;
  const bug = (): void => {
    throw new Error('a bug of the app’s own');
  };
  const unheard: unknown[] = [];
  const onBug = (error: unknown): void => void unheard.push(error);
  process.on('uncaughtException', onBug);
  const stops = [
    subscribeToClock(client, 1_000, bug),
    subscribeToClock(client, 1_000, () => ticks++),
  ];
  await env.advance(5_000);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('uncaughtException', onBug);
  for (const stop of stops) stop();
  expect([ticks, unheard.length]).toEqual([5, 5]);
});
