import { SessionError } from '../core/errors.js';
import { createSessionClient, type SessionClient } from '../core/shell/sessionClient.js';
import type { Session, SessionSource, SourceContext } from '../core/types.js';
import { readSession } from '../core/validate.js';
import type { SourceScene } from './sourceScene.js';

/** What a source is given, with the platform's `fetch` and the device's clock. */
export function context(forceRefresh = false): SourceContext {
  return {
    signal: new AbortController().signal,
    forceRefresh,
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
  };
}

/** Its answer as a client takes it. */
export async function askSession(source: SessionSource): Promise<Session | null> {
  return readSession(await source.getSession(context()), Date.now(), source.name);
}

/** A client over the source, with somebody signed in. */
export async function withClient(
  scene: SourceScene,
  body: (client: SessionClient) => Promise<void>,
): Promise<void> {
  await scene.be('somebody');
  const client = createSessionClient({
    source: scene.source,
    refresh: { timeout: '2s', maxWait: 1 },
  });
  client.start();
  try {
    await client.getAccessToken();
    await body(client);
  } finally {
    client.stop();
  }
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual === expected) return;
  throw new Error(`Expected ${what} to be ${String(expected)}, and it is ${String(actual)}.`);
}

/** What is thrown is an `Error`. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  throw new Error(`What was thrown is no Error, but ${String(thrown)}.`);
}

/** A failure of which nothing is known for certain is asked again. */
export function retryable(error: Error): void {
  if (error instanceof SessionError) equal(error.retryable, true, `retryable of ${error.code}`);
}

/** What `promise` rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const answer = await promise.then(
    () => failureOf,
    (error: unknown) => error,
  );
  if (answer === failureOf) throw new Error('It was answered, and should have failed.');
  return answer;
}

export async function sessionErrorOf(promise: Promise<unknown>): Promise<SessionError> {
  const error = await failureOf(promise);
  if (error instanceof SessionError) return error;
  throw new Error(`A ${String(error)} is no SessionError.`);
}

export async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  const late = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`It took longer than ${ms} ms.`)), ms),
  );
  await Promise.race([promise, late]);
}

/** All that can be read off an error or an event, and off its causes. */
export function tell(thing: unknown, seen: Set<unknown> = new Set()): string {
  if (typeof thing !== 'object' || thing === null || seen.has(thing)) return String(thing);
  seen.add(thing);
  // Some say more as text than by their properties, say a form.
  const own = Object.getOwnPropertyNames(thing).map(
    (key) => `${key}: ${tell((thing as Record<string, unknown>)[key], seen)}`,
  );
  return `${String(thing)} { ${own.join(', ')} }`;
}
