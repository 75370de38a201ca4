import { expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { hybrid, type SessionSource } from '../../src/index.js';
import { DeviceWithServer } from '../support/deviceWithServer.js';

const minute = 60_000;

it('no expired token is returned after the device’s clock was set forward and a token was dated by it', async () => {
  const device = new DeviceWithServer(0, () => 0.5);
  const expiries = new Map<string, number>();
  let issued = 0;
  const source: SessionSource = {
    name: 'server',
    getSession: async () => ({ user: { sub: 'ada' } }),
    getAccessToken: async (_request, { fetch, now }) => {
      const value = `secret-${++issued}`;
      // Dated by `expires_in`, before the `Date` of the answer arrives.
      const expiresAt = now() + minute;
      expiries.set(value, device.serverTime + minute);
      await fetch('/token');
      return { value, expiresAt };
    },
  };
  const client = createSessionClient({ source, policy: hybrid() }, device);
  client.start();
  client.retainAccessToken();
  await device.advance(1_000);
  device.wall += 15 * minute;
  for (let call = 0; call < 900; call++) {
    await device.advance(1_000);
    const token = await client.getAccessToken();
    expect(expiries.get(token)).toBeGreaterThan(device.serverTime);
  }
  client.stop();
  await device.advance(minute);
});
