import type { SessionClientOptions } from '../options.js';
import type { SessionEvent } from '../snapshot.js';
import { isPage } from '../tabPlatform.js';
import type { SessionClient } from './sessionClient.js';
import { createStartCount } from './startCount.js';

/** A client, and the function that adds a handler of all its events and returns one that removes it. */
export interface PageClient {
  readonly client: SessionClient;
  readonly onAny: (handler: (event: SessionEvent) => void) => () => void;
}

/** Identifies this copy of the package: a page loads several, for example with micro frontends. */
const copy = {};

/** It changes with a release whose clients the code of earlier releases cannot use. */
const registryKey = Symbol.for('session-clock clients 1');

type Registry = Map<string, PageClient & { readonly copy: object }>;

/** A server has none, because its users must not share a client. */
function registry(): Registry | null {
  if (!isPage()) return null;
  const page = globalThis as { [registryKey]?: Registry };
  page[registryKey] ??= new Map();
  return page[registryKey];
}

export function offerClient(page: PageClient): void {
  registry()?.set(page.client.name, { ...page, copy });
}

/**
 * The client of this name that another copy has created; `null`: none. With a client of its own, each copy
 * would act as a tab of its own. `onEvent` of the options is called while this copy uses the client.
 */
export function clientOfOtherCopy(options: SessionClientOptions): SessionClient | null {
  const { name, onEvent, source } = options;
  const found = registry()?.get(name ?? source.name);
  if (!found || found.copy === copy) return null;
  const { client, onAny } = found;
  if (!onEvent) return client;
  let removeHandler = (): void => {};
  const changeStarts = createStartCount((isRunning) => {
    removeHandler();
    if (isRunning) removeHandler = onAny(onEvent);
  });
  const start = (): void => (changeStarts(1), client.start());
  const stop = (): void => (changeStarts(-1), client.stop());
  return { ...client, start, stop };
}
