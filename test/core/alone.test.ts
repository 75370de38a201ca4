import { afterEach, beforeEach, expect, it, type MockInstance, vi } from 'vitest';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';
import { FakeSource } from '../support/fakeSource.js';

let warn: MockInstance<typeof console.warn>;

beforeEach(() => {
  // What is said once is said once a page: each test has the module anew.
  vi.resetModules();
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', {});
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Two clients of a page without Web Locks and BroadcastChannel; what each came to. */
async function twoClients(): Promise<string[]> {
  const { SessionClient } = await import('../../src/core/shell/sessionClient.js');
  const { browserEnvironment } = await import('../../src/core/environment.js');
  const env = new TestEnvironment();
  env.openChannel = browserEnvironment().openChannel;
  const clients = ['one', 'two'].map(
    (name) => new SessionClient({ source: new FakeSource(), name }, env),
  );
  for (const client of clients) client.start();
  await env.advance(0);
  const outcomes = await Promise.all(clients.map((client) => client.getAccessToken()));
  for (const client of clients) client.stop();
  await env.advance(0);
  return outcomes;
}

it('a page without Web Locks works by itself, and says so once while it is developed', async () => {
  expect(await twoClients()).toEqual(['secret-1', 'secret-1']);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toContain('each tab tracks its session alone');
});

it('but not in production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  expect(await twoClients()).toEqual(['secret-1', 'secret-1']);
  expect(warn).not.toHaveBeenCalled();
});
