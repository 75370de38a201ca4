import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { hybrid } from '../../src/index.js';
import { FakeOrigin } from '../support/fakeOrigin.js';
import { RotatingProvider } from '../support/rotatingProvider.js';

const hour = 3_600_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('two tabs that refresh every ten seconds for a day use no more memory, timers or listeners', async () => {
  const origin = new FakeOrigin();
  const provider = new RotatingProvider();
  // The token is refreshed in the middle of the refresh window, at 72.5 % of its lifetime.
  provider.tokenLifetime = 13_800;
  provider.signIn('ada', origin.device.wallNow());
  const tabs = [origin.open(), origin.open()];
  const clients = tabs.map((env) =>
    createSessionClient({ source: provider.source(env), policy: hybrid() }, env),
  );
  for (const client of clients) {
    client.start();
    client.retainAccessToken();
  }
  const listenerCounts = () =>
    tabs.map((tab) => [tab.resumeListeners.size, tab.activityListeners.size]);
  await origin.advance(hour);
  const [before, listeners] = [heap(), listenerCounts()];
  for (let passed = 1; passed < 24; passed++) {
    origin.posted.length = 0;
    await origin.advance(hour);
    // The timer for the next change, and for five seconds after a refresh its announcement.
    for (const tab of tabs) expect(tab.ownTimers).toBeLessThanOrEqual(2);
  }
  origin.posted.length = 0;
  expect(provider.grants).toBeGreaterThan(8_000);
  expect(provider.reused).toBe(0);
  expect(heap() - before).toBeLessThan(1_000_000);
  expect(listenerCounts()).toEqual(listeners);
  for (const client of clients) client.stop();
  await origin.advance(0);
  expect(tabs.map(({ ownTimers }) => ownTimers)).toEqual([0, 0]);
  expect(listenerCounts().flat()).toEqual([0, 0, 0, 0]);
});
