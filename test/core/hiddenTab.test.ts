import { expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import { manyTabs, open, origin, provider } from '../support/manyTabs.js';

manyTabs();

it('a hidden tab, whose timers are late, answers a new tab before the new tab asks its source', async () => {
  const hidden = open({ policy: rolling({ idle: '30m' }) });
  await origin.advance(200);
  hidden.client.retainAccessToken();
  await origin.advance(200);
  const { setTimer } = hidden.env;
  // As browsers do in a hidden page: timers fire at whole seconds.
  hidden.env.setTimer = (ms, callback) => setTimer(Math.max(ms, 1_000), callback);
  const { token } = provider.asked;
  const { client } = open({ policy: rolling({ idle: '30m' }) });
  await origin.advance(100);
  expect(client.getSnapshot().status).toBe('active');
  expect(client.peekAccessToken()).toBe(hidden.client.peekAccessToken());
  expect(provider.asked.token).toBe(token);
});
