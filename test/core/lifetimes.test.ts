import { afterEach, describe, expect, it } from 'vitest';
import { SessionClient } from '../../src/core/shell/sessionClient.js';
import { rolling } from '../../src/index.js';
import { World } from './world.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

let world: World;
let client: SessionClient;

afterEach(async () => {
  client.stop();
  await world.advance(0);
  expect(world.timers.size).toBe(0);
});

/** A page with its token in use, on a device whose clock is wrong by `deviceError` (ms). */
async function open({
  deviceError = 0,
  tokenLife = minute,
  datesTokens = false,
} = {}): Promise<void> {
  world = new World(deviceError, () => 0.5);
  Object.assign(world, { tokenLife, datesTokens });
  await start();
}

async function start(): Promise<void> {
  client = new SessionClient({ source: world.source, policy: rolling({ idle: '365d' }) }, world);
  client.start();
  client.retainAccessToken();
  await world.advance(second);
}

/** Time passes by `step`; at each, the token in hand is alive by the server's clock. */
async function live(total: number, step: number): Promise<void> {
  for (let passed = 0; passed < total; passed += step) {
    await world.advance(step);
    const token = client.peekAccessToken();
    expect(token !== null && world.isDead(token), `a dead token after ${passed} ms`).toBe(false);
  }
}

const state = () => client.getSnapshot();
const asked = () => world.asked.filter(({ what }) => what === 'token').length;
const fresh = { status: 'active', connection: 'online', accessToken: { status: 'fresh' } };

describe('a token that lives', () => {
  // Refreshed in the middle of its window, at 72.5 % of its life.
  it.each([
    ['five seconds', 5 * second, 10 * minute, 100, [120, 240]],
    ['an hour', hour, day, minute, [32, 35]],
    ['thirty days', 30 * day, 90 * day, hour, [5, 6]],
  ])('%s is fresh all the time, and no storm', async (_name, tokenLife, total, step, range) => {
    await open({ tokenLife });
    await live(total, step);
    expect(state()).toMatchObject(fresh);
    expect(asked()).toBeGreaterThanOrEqual(range[0] ?? 0);
    expect(asked()).toBeLessThanOrEqual(range[1] ?? 0);
  });

  it.each([
    ['not at all', 0],
    ['a negative time', -minute],
    ['a time that is no number', Number.NaN],
    ['milliseconds that were taken for seconds, and once more', 1e15],
  ])('%s is none: the session stays, and no storm', async (_name, tokenLife) => {
    await open({ tokenLife });
    await world.advance(hour);
    expect(client.peekAccessToken()).toBeNull();
    expect(state()).toMatchObject({
      status: 'active',
      connection: 'degraded',
      accessToken: { status: 'unavailable', error: { code: 'ERR_BAD_RESPONSE' } },
    });
    // With a back-off of half a minute; one that is dead on arrival is asked for twice.
    expect(asked()).toBeLessThan(260);
    world.tokenLife = hour;
    await world.advance(minute);
    expect(state()).toMatchObject(fresh);
  });
});

describe.each([
  ['by the seconds that are left', false],
  ['by the server’s clock', true],
])('where tokens are dated %s, a device whose clock', (_how, datesTokens) => {
  it.each([2 * hour, -2 * hour, day, -day])(
    'is %d ms wrong from the start is put right',
    async (deviceError) => {
      await open({ deviceError, datesTokens });
      await live(10 * minute, second);
      expect(state()).toMatchObject(fresh);
      expect(asked()).toBeLessThan(20);
    },
  );

  it.each([hour, -hour])('is set by %d ms while we run is put right', async (by) => {
    await open({ datesTokens });
    await live(2 * minute, second);
    world.setWall(by);
    await live(10 * minute, second);
    expect(state()).toMatchObject(fresh);
    expect(asked()).toBeLessThan(25);
  });
});

it('a device that sleeps for eight hours wakes up signed in, and hands out no dead token', async () => {
  await open();
  world.sleep(8 * hour);
  const call = client.getAccessToken();
  world.resume();
  await world.advance(second);
  expect(world.isDead(await call)).toBe(false);
  await live(10 * minute, second);
  expect(state()).toMatchObject(fresh);
});

it('timers that ring once a minute, as in a hidden page, leave no dead token in hand', async () => {
  world = new World(0, () => 0.5);
  world.tokenLife = 5 * minute;
  world.visible = false;
  const { setTimer } = world;
  world.setTimer = (ms, callback) =>
    setTimer(Math.max(ms, minute - (world.monotonic % minute)), callback);
  await start();
  await world.advance(minute);
  await live(hour, second);
  expect(state()).toMatchObject(fresh);
  expect(asked()).toBeLessThan(25);
});
