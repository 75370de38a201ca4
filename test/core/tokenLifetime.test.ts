import { afterEach, describe, expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { rolling } from '../../src/index.js';
import { DeviceWithServer } from '../support/deviceWithServer.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

let device: DeviceWithServer;
let client: SessionClient;

afterEach(async () => {
  client.stop();
  await device.advance(0);
  expect(device.timers.size).toBe(0);
});

/** Opens a page that retains its token, on a device whose clock is wrong by `clockError` (ms). */
async function open({
  clockError = 0,
  tokenLifetime = minute,
  usesServerDates = false,
} = {}): Promise<void> {
  device = new DeviceWithServer(clockError, () => 0.5);
  Object.assign(device, { tokenLifetime, usesServerDates });
  await start();
}

async function start(): Promise<void> {
  client = createSessionClient(
    { source: device.source, policy: rolling({ idle: '365d' }) },
    device,
  );
  client.start();
  client.retainAccessToken();
  await device.advance(second);
}

/** Advances by `total` ms, and checks every `step` ms that the server still accepts the current token. */
async function advanceWithValidToken(total: number, step: number): Promise<void> {
  for (let passed = 0; passed < total; passed += step) {
    await device.advance(step);
    const token = client.peekAccessToken();
    expect(token !== null && device.isExpired(token), `an expired token after ${passed} ms`).toBe(
      false,
    );
  }
}

const state = () => client.getSnapshot();
const tokenRequests = () => device.requests.filter(({ kind }) => kind === 'token').length;
const fresh = { status: 'active', connection: 'online', accessToken: { status: 'fresh' } };

describe('a token with a lifetime of', () => {
  // The token is refreshed in the middle of the refresh window, at 72.5 % of its lifetime.
  it.each([
    ['five seconds', 5 * second, 10 * minute, 100, [120, 240]],
    ['an hour', hour, day, minute, [32, 35]],
    ['thirty days', 30 * day, 90 * day, hour, [5, 6]],
  ])('%s stays fresh, with few requests', async (_name, tokenLifetime, total, step, range) => {
    await open({ tokenLifetime });
    await advanceWithValidToken(total, step);
    expect(state()).toMatchObject(fresh);
    expect(tokenRequests()).toBeGreaterThanOrEqual(range[0] ?? 0);
    expect(tokenRequests()).toBeLessThanOrEqual(range[1] ?? 0);
  });

  it.each([
    ['zero', 0],
    ['minus one minute', -minute],
    ['NaN', Number.NaN],
    ['1e15 ms, as after a wrong conversion of units', 1e15],
  ])('%s is refused: the session stays active, with few requests', async (_name, tokenLifetime) => {
    await open({ tokenLifetime });
    await device.advance(hour);
    expect(client.peekAccessToken()).toBeNull();
    expect(state()).toMatchObject({
      status: 'active',
      connection: 'degraded',
      accessToken: { status: 'unavailable', error: { code: 'ERR_BAD_RESPONSE' } },
    });
    // The mean back-off is half a minute; a token that has already expired is requested a second time.
    expect(tokenRequests()).toBeLessThan(260);
    device.tokenLifetime = hour;
    await device.advance(minute);
    expect(state()).toMatchObject(fresh);
  });
});

describe.each([
  ['from the remaining seconds', false],
  ['from the server’s clock', true],
])('when the expiry comes %s, a device clock', (_how, usesServerDates) => {
  it.each([2 * hour, -2 * hour, day, -day])(
    'that is wrong by %d ms from the start is corrected',
    async (clockError) => {
      await open({ clockError, usesServerDates });
      await advanceWithValidToken(10 * minute, second);
      expect(state()).toMatchObject(fresh);
      expect(tokenRequests()).toBeLessThan(20);
    },
  );

  it.each([hour, -hour])(
    'that is changed by %d ms while the page runs is corrected',
    async (by) => {
      await open({ usesServerDates });
      await advanceWithValidToken(2 * minute, second);
      device.setWallClock(by);
      await advanceWithValidToken(10 * minute, second);
      expect(state()).toMatchObject(fresh);
      expect(tokenRequests()).toBeLessThan(25);
    },
  );
});

it('keeps the session and returns no expired token when the device has slept for eight hours', async () => {
  await open();
  device.sleep(8 * hour);
  const call = client.getAccessToken();
  device.resume();
  await device.advance(second);
  expect(device.isExpired(await call)).toBe(false);
  await advanceWithValidToken(10 * minute, second);
  expect(state()).toMatchObject(fresh);
});

it('keeps no expired token when timers run only once a minute, as in a hidden page', async () => {
  device = new DeviceWithServer(0, () => 0.5);
  device.tokenLifetime = 5 * minute;
  device.visible = false;
  const { setTimer } = device;
  device.setTimer = (ms, callback) =>
    setTimer(Math.max(ms, minute - (device.monotonic % minute)), callback);
  await start();
  await device.advance(minute);
  await advanceWithValidToken(hour, second);
  expect(state()).toMatchObject(fresh);
  expect(tokenRequests()).toBeLessThan(25);
});
