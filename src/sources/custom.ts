import type { SessionSource } from '../core/types.js';

const methods = [
  'getSession',
  'getAccessToken',
  'login',
  'logout',
  'extend',
  'clear',
  'subscribe',
] as const;

/**
 * A source of your own, as plain functions; only `getSession` is a must. Throws a `TypeError` for
 * what is none. Try it with `describeSource` of `session-clock/testing`.
 * @see docs/own-source.md
 */
export function customSource(
  functions: Omit<SessionSource, 'name'> & { name?: string },
): SessionSource {
  const { name = 'custom', storageDelay } = functions ?? {};
  const source: Record<string, unknown> = { name, ...(storageDelay && { storageDelay }) };
  for (const method of methods) {
    const given: unknown = functions?.[method];
    // One by one: the methods of an object of a class are none of its own properties.
    if (typeof given === 'function') source[method] = given.bind(functions);
    if (typeof given === 'function' || (given === undefined && method !== 'getSession')) continue;
    throw new TypeError(
      `customSource() needs ${method} to be a function. Give it as customSource({ ${method}: async (…) => … }).`,
    );
  }
  return source as unknown as SessionSource;
}
