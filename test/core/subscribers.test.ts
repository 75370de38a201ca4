import { describe, expect, it } from 'vitest';
import { rolling, subscribeToClock } from '../../src/index.js';
import { client, create, env, events, onePage, source, started } from '../support/onePage.js';
import { watch } from '../support/promises.js';

const minute = 60_000;

onePage();

const status = () => client.getSnapshot().status;
const types = () => events.map(({ type }) => type);

describe('a subscriber that ends the session', () => {
  it('receives one session-ended event', async () => {
    await started({ policy: rolling({ idle: '10m' }) });
    client.subscribe(() => {
      if (status() === 'expiring') client.notifyRevoked();
    });
    await env.advance(9 * minute);
    expect(types()).toEqual(['session-started', 'session-expiring', 'session-ended']);
  });

  it('still receives session-started when it ends the session at once', async () => {
    create();
    client.subscribe(() => {
      if (status() === 'active') client.notifyRevoked();
    });
    client.start();
    await env.advance(0);
    expect(types()).toEqual(['session-started', 'session-ended']);
  });

  it('prevents a token request that has not been sent yet', async () => {
    await started();
    client.subscribe(() => {
      if (client.getSnapshot().accessToken.status === 'fetching') client.notifyRevoked();
    });
    const call = watch(client.getAccessToken());
    await env.advance(100);
    expect([source.asked.token, call.outcome]).toEqual([0, 'ERR_EXPIRED_SESSION']);
  });
});

it('a clock subscriber that throws does not stop the other clock subscribers', async () => {
  await started();
  let ticks = 0;
  const throwing = (): void => {
    throw new Error('a bug of the app');
  };
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', onUncaught);
  const stops = [
    subscribeToClock(client, 1_000, throwing),
    subscribeToClock(client, 1_000, () => ticks++),
  ];
  await env.advance(5_000);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('uncaughtException', onUncaught);
  for (const stop of stops) stop();
  expect([ticks, uncaught.length]).toEqual([5, 5]);
});

it('a function that subscribes twice stays subscribed when one subscription ends', async () => {
  await started();
  const received: string[] = [];
  const handler = ({ type }: { type: string }) => received.push(type);
  const snapshot = () => received.push('snapshot');
  const stops = [client.on('session-ended', handler), client.subscribe(snapshot)];
  client.on('session-ended', handler);
  client.subscribe(snapshot);
  for (const stop of stops) stop();
  client.notifyRevoked();
  expect(received.filter((each) => each === 'session-ended')).toHaveLength(1);
  expect(received).toContain('snapshot');
});
