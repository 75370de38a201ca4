import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { SessionClient } from '../../src/core/shell/sessionClient.js';
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

it('a day of two tabs with a refresh every ten seconds: nothing grows, and nothing is left', async () => {
  const origin = new FakeOrigin();
  const provider = new RotatingProvider();
  // Refreshed in the middle of its window, at 72.5 % of its life.
  provider.tokenLife = 13_800;
  provider.signIn('ada', origin.device.wallNow());
  const tabs = [origin.open(), origin.open()];
  const clients = tabs.map(
    (env) => new SessionClient({ source: provider.source(env), policy: hybrid() }, env),
  );
  for (const client of clients) {
    client.start();
    client.retainAccessToken();
  }
  const held = () => tabs.map((tab) => [tab.resumeListeners.size, tab.activityListeners.size]);
  await origin.advance(hour);
  const [before, listeners] = [heap(), held()];
  for (let passed = 1; passed < 24; passed++) {
    origin.posted.length = 0;
    await origin.advance(hour);
    // The alarm, and for five seconds after a refresh the word of it.
    for (const tab of tabs) expect(tab.ownTimers).toBeLessThanOrEqual(2);
  }
  origin.posted.length = 0;
  expect(provider.grants).toBeGreaterThan(8_000);
  expect(provider.reused).toBe(0);
  expect(heap() - before).toBeLessThan(1_000_000);
  expect(held()).toEqual(listeners);
  for (const client of clients) client.stop();
  await origin.advance(0);
  expect(tabs.map(({ ownTimers }) => ownTimers)).toEqual([0, 0]);
  expect(held().flat()).toEqual([0, 0, 0, 0]);
});
