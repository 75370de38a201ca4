import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';
import { FakeSource } from '../support/fakeSource.js';

let warn: MockInstance<typeof console.warn>;

beforeEach(() => {
  // The warning is written once per page, so each test loads the module again.
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

/** The tokens of two clients on a page without Web Locks and BroadcastChannel. */
async function tokensOfTwoClients(): Promise<string[]> {
  const { createSessionClient } = await import('../../src/core/shell/createSessionClient.js');
  const { browserEnvironment } = await import('../../src/core/environment.js');
  const env = new TestEnvironment();
  env.openChannel = browserEnvironment().openChannel;
  const clients = ['one', 'two'].map((name) =>
    createSessionClient({ source: new FakeSource(), name }, env),
  );
  for (const client of clients) client.start();
  await env.advance(0);
  const tokens = await Promise.all(clients.map((client) => client.getAccessToken()));
  for (const client of clients) client.stop();
  await env.advance(0);
  return tokens;
}

describe('a page without Web Locks', () => {
  it('gets its tokens by itself, and warns once in development', async () => {
    expect(await tokensOfTwoClients()).toEqual(['secret-1', 'secret-1']);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain('each tab tracks its session alone');
  });

  it('writes no warning in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(await tokensOfTwoClients()).toEqual(['secret-1', 'secret-1']);
    expect(warn).not.toHaveBeenCalled();
  });
});
