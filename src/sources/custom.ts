import { omitUndefined } from '../core/omitUndefined.js';
import type { SessionSource } from '../core/sessionSource.js';

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
 * Creates a source from your own functions; only `getSession` is required. Throws a `TypeError` if
 * one of them is not a function. Test it with `describeSource` of `session-clock/testing`.
 * @see docs/own-source.md
 */
export function customSource(
  functions: Omit<SessionSource, 'name'> & { name?: string },
): SessionSource {
  const { name = 'custom', readingExtends, storageDelay } = functions ?? {};
  const source: Record<string, unknown> = {
    name,
    ...omitUndefined({ readingExtends, storageDelay }),
  };
  for (const method of methods) {
    const value: unknown = functions?.[method];
    // Copied by name: the methods of a class instance are not own properties, so a spread misses them.
    if (typeof value === 'function') source[method] = value.bind(functions);
    if (typeof value === 'function' || (value === undefined && method !== 'getSession')) continue;
    throw new TypeError(
      `customSource() needs ${method} to be a function. Pass it as customSource({ ${method}: async (…) => … }).`,
    );
  }
  return source as unknown as SessionSource;
}
