import type { LoginContext } from '../../src/index.js';

/** A context for a call of a source's function in a test. */
export function contextWith(
  fetch: typeof globalThis.fetch,
  options: Partial<LoginContext> = {},
): LoginContext {
  return {
    signal: new AbortController().signal,
    forceRefresh: false,
    fetch,
    now: () => Date.now(),
    whenQuiet: (work) => work(),
    ...options,
  };
}

/** A context in which every request gets this answer. */
export function answering(response: () => Response): LoginContext {
  return contextWith(async () => response());
}
