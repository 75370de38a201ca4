import { afterEach, beforeEach, expect } from 'vitest';
import type { SessionClientOptions } from '../../src/core/options.js';
import { SessionClient } from '../../src/core/shell/sessionClient.js';
import { hybrid, type SessionEvent, type SessionSource } from '../../src/index.js';
import { FakeOrigin, type FakeTab } from './fakeOrigin.js';
import { RotatingProvider } from './rotatingProvider.js';

export interface Tab {
  env: FakeTab;
  client: SessionClient;
  events: SessionEvent[];
}

// The tabs of one browser, as of the test that is running.
export let origin: FakeOrigin;
export let provider: RotatingProvider;
export let tabs: Tab[];

/** For a test file: each of its tests has a browser of its own, and leaves nothing behind. */
export function manyTabs(): void {
  beforeEach(() => {
    origin = new FakeOrigin();
    provider = new RotatingProvider();
    provider.signIn('ada', origin.device.wallNow());
    tabs = [];
  });
  afterEach(async () => {
    for (const { client } of tabs) client.stop();
    // What heeds no signal is given its time.
    await origin.advance(60_000);
    for (const { env } of tabs.filter(({ env }) => origin.tabs.has(env))) {
      expect(env.ownTimers, 'timers left after stop()').toBe(0);
      expect([env.resumeListeners.size, env.suspendListeners.size]).toEqual([0, 0]);
      expect(env.activityListeners.size).toBe(0);
    }
    expect(origin.heldNames()).toEqual([]);
  });
}

/** A tab whose client is not started yet; `own` takes the place of what the provider's source does. */
export function create(
  options: Partial<SessionClientOptions> = {},
  own: Partial<SessionSource> = {},
): Tab {
  const env = origin.open();
  const events: SessionEvent[] = [];
  const source = { ...provider.source(env), ...own };
  const onEvent = (event: SessionEvent): void => void events.push(event);
  const client = new SessionClient({ source, policy: hybrid(), onEvent, ...options }, env);
  const tab = { env, client, events };
  tabs.push(tab);
  return tab;
}

export function open(...parts: Parameters<typeof create>): Tab {
  const tab = create(...parts);
  tab.client.start();
  return tab;
}
