import { SessionError } from '../core/errors.js';
import type { SessionSource, SourceContext } from '../core/sessionSource.js';
import { createSessionClient } from '../core/shell/createSessionClient.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Session } from '../core/types.js';
import { readSession } from '../core/validate.js';
import type { SourceScene } from './sourceScene.js';

/** A context for a source's functions, with the platform's `fetch` and the device's clock. */
export function context(forceRefresh = false): SourceContext {
  return {
    signal: new AbortController().signal,
    forceRefresh,
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
  };
}

/** Gets the source's session, validated as a client does it. */
export async function getValidSession(source: SessionSource): Promise<Session | null> {
  return readSession(await source.getSession(context()), Date.now(), source.name);
}

/** Runs `body` with a client of the source, in which a user is signed in. */
export async function withClient(
  scene: SourceScene,
  body: (client: SessionClient) => Promise<void>,
): Promise<void> {
  await scene.setSituation('signed in');
  const client = createSessionClient({
    source: scene.source,
    refresh: { timeout: '2s', maxWait: 1 },
  });
  client.start();
  try {
    await (client.hasAccessTokens ? client.getAccessToken() : client.getSession());
    await body(client);
  } finally {
    client.stop();
  }
}

export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (actual === expected) return;
  throw new Error(`Expected ${what} to be ${String(expected)}, but it is ${String(actual)}.`);
}

/** Returns `thrown` if it is an `Error`, else throws. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  throw new Error(`Expected the source to throw an Error, but it threw ${String(thrown)}.`);
}

/** A `SessionError` for an indefinite failure must be retryable; any other error is retried anyway. */
export function expectRetryable(error: Error): void {
  if (!(error instanceof SessionError)) return;
  expectEqual(error.retryable, true, `retryable of ${error.code}`);
}

/** Resolves with the error of `promise`; rejects if `promise` resolves. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const resolved = {};
  const outcome = await promise.then(
    () => resolved,
    (error: unknown) => error,
  );
  if (outcome === resolved) throw new Error('Expected the call to reject, but it resolved.');
  return outcome;
}

export async function sessionErrorOf(promise: Promise<unknown>): Promise<SessionError> {
  const error = await errorOf(promise);
  if (error instanceof SessionError) return error;
  throw new Error(`Expected a SessionError, but the call rejected with ${String(error)}.`);
}

export async function expectWithin(ms: number, promise: Promise<unknown>): Promise<void> {
  const timeout = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error(`The call took longer than ${ms} ms.`)), ms),
  );
  await Promise.race([promise, timeout]);
}

/** Every text that can be read from a value, its properties and the causes of an error. */
export function toSearchableText(value: unknown, seen: Set<unknown> = new Set()): string {
  if (typeof value !== 'object' || value === null || seen.has(value)) return String(value);
  seen.add(value);
  // `String(value)` too: some objects, such as `URLSearchParams`, have their data in no property.
  const properties = Object.getOwnPropertyNames(value).map(
    (key) => `${key}: ${toSearchableText((value as Record<string, unknown>)[key], seen)}`,
  );
  return `${String(value)} { ${properties.join(', ')} }`;
}
