import { afterEach, beforeEach, expect } from 'vitest';
import type { SessionClientOptions } from '../../src/core/options.js';
import { SessionClient } from '../../src/core/shell/sessionClient.js';
import { SessionError, type SessionErrorCode, type SessionEvent } from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';
import { FakeSource } from './fakeSource.js';

// One page with one client, as of the test that is running.
export let env: TestEnvironment;
export let source: FakeSource;
export let client: SessionClient;
export let events: SessionEvent[];

/** For a test file: each of its tests has a page of its own, and leaves nothing behind. */
export function onePage(): void {
  beforeEach(() => {
    useRandom(() => 0.5);
    source = new FakeSource();
    events = [];
  });
  afterEach(async () => {
    client.stop();
    // A source that does not heed its signal is given its time, so that its turn is not lost for ever.
    await env.advance(source.inFlight > 0 ? 30_000 : 0);
    expect(env.timers.size, 'timers left after stop()').toBe(0);
    expect(env.resumeListeners.size, 'listeners left after stop()').toBe(0);
    expect(source.onEvent).toBeNull();
    expect(JSON.stringify(events)).not.toContain('secret-');
  });
}

/** A device on which chance falls so. */
export function useRandom(random: () => number): void {
  env = new TestEnvironment(undefined, random);
}

/** A client that is not started yet. */
export function create(options: Partial<SessionClientOptions> = {}): void {
  client = new SessionClient({ source, onEvent: (event) => events.push(event), ...options }, env);
}

export async function started(options: Partial<SessionClientOptions> = {}): Promise<void> {
  create(options);
  client.start();
  await env.advance(0);
}

export function fails(code: SessionErrorCode, retryAfter?: number): () => Promise<never> {
  return () => Promise.reject(new SessionError(code, 'it failed', { retryAfter }));
}
