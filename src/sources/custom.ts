import type { SessionSource } from '../core/types.js';

const methods = ['getSession', 'getAccessToken', 'login', 'logout', 'extend', 'subscribe'] as const;

/**
 * A source of your own, as plain functions; only `getSession` is a must. Throws a `TypeError` for
 * what is none. Try it with `describeSource` of `session-clock/testing`.
 * @see docs/own-source.md
 */
export function customSource(
  functions: Omit<SessionSource, 'name'> & { name?: string },
): SessionSource {
  for (const method of methods) {
    const given: unknown = functions?.[method];
    if (typeof given === 'function' || (given === undefined && method !== 'getSession')) continue;
    throw new TypeError(
      `customSource() needs ${method} to be a function. Give it as customSource({ ${method}: async (…) => … }).`,
    );
  }
  return { name: 'custom', ...functions };
}
