import { afterEach, beforeEach, expect } from 'vitest';
import type { SessionClientOptions } from '../../src/core/options.js';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { SessionError, type SessionErrorCode, type SessionEvent } from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';
import { FakeSource } from './fakeSource.js';

// The page, its source and its client, of the test that is running.
export let env: TestEnvironment;
export let source: FakeSource;
export let client: SessionClient;
export let events: SessionEvent[];

/** Gives each test its own page, and checks that no timer or listener is left after it. */
export function onePage(): void {
  beforeEach(() => {
    useRandom(() => 0.5);
    source = new FakeSource();
    events = [];
  });
  afterEach(async () => {
    client.stop();
    // A source that ignores its abort signal keeps the refresh queue until its time-out.
    await env.advance(source.inFlight > 0 ? 30_000 : 0);
    expect(env.timers.size, 'timers left after stop()').toBe(0);
    expect(env.resumeListeners.size, 'listeners left after stop()').toBe(0);
    expect(source.onEvent).toBeNull();
    expect(JSON.stringify(events)).not.toContain('secret-');
  });
}

/** Replaces the environment by one with this source of randomness. */
export function useRandom(random: () => number): void {
  env = new TestEnvironment(undefined, random);
}

/** Creates the client without starting it. */
export function create(options: Partial<SessionClientOptions> = {}): void {
  client = createSessionClient({ source, onEvent: (event) => events.push(event), ...options }, env);
}

/** Creates and starts the client, and waits for the first answer of the source. */
export async function started(options: Partial<SessionClientOptions> = {}): Promise<void> {
  create(options);
  client.start();
  await env.advance(0);
}

/** An answer that rejects with a `SessionError`; `retryAfter` in ms. */
export function fails(code: SessionErrorCode, retryAfter?: number): () => Promise<never> {
  return () => Promise.reject(new SessionError(code, 'it failed', { retryAfter }));
}
