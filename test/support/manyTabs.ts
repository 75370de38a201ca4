import { afterEach, beforeEach, expect } from 'vitest';
import type { SessionClientOptions } from '../../src/core/options.js';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { hybrid, type SessionEvent, type SessionSource } from '../../src/index.js';
import { FakeOrigin, type FakeTab } from './fakeOrigin.js';
import { RotatingProvider } from './rotatingProvider.js';

export interface Tab {
  env: FakeTab;
  client: SessionClient;
  events: SessionEvent[];
}

// The browser, the provider and the tabs of the test that is running.
export let origin: FakeOrigin;
export let provider: RotatingProvider;
export let tabs: Tab[];

/** Gives each test its own browser, and checks that no timer, listener or lock is left after it. */
export function manyTabs(): void {
  beforeEach(() => {
    origin = new FakeOrigin();
    provider = new RotatingProvider();
    provider.signIn('ada', origin.device.wallNow());
    tabs = [];
  });
  afterEach(async () => {
    for (const { client } of tabs) client.stop();
    // A source that ignores its abort signal keeps the lock until its time-out.
    await origin.advance(60_000);
    for (const { env } of tabs.filter(({ env }) => origin.tabs.has(env))) {
      expect(env.ownTimers, 'timers left after stop()').toBe(0);
      expect([env.resumeListeners.size, env.suspendListeners.size]).toEqual([0, 0]);
      expect(env.activityListeners.size).toBe(0);
    }
    expect(origin.heldLocks()).toEqual([]);
    // What is stored has no token and no claim of the user.
    expect(JSON.stringify([...origin.storage])).not.toMatch(/secret-|ada|grace/);
  });
}

/** Opens a tab without starting its client; `overrides` replace methods of the provider's source. */
export function create(
  options: Partial<SessionClientOptions> = {},
  overrides: Partial<SessionSource> = {},
): Tab {
  const env = origin.open();
  const events: SessionEvent[] = [];
  const source = { ...provider.source(env), ...overrides };
  const onEvent = (event: SessionEvent): void => void events.push(event);
  const client = createSessionClient({ source, policy: hybrid(), onEvent, ...options }, env);
  const tab = { env, client, events };
  tabs.push(tab);
  return tab;
}

/** Opens a tab and starts its client. */
export function open(...args: Parameters<typeof create>): Tab {
  const tab = create(...args);
  tab.client.start();
  return tab;
}
