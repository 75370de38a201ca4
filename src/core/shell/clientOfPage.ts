import type { SessionClientOptions } from '../options.js';
import type { SessionEvent } from '../snapshot.js';
import type { SessionClient } from './sessionClient.js';

/** A client, and the function that adds a handler of all its events. */
export interface PageClient {
  readonly client: SessionClient;
  readonly onAny: (handler: (event: SessionEvent) => void) => void;
}

/** Identifies this copy of the package: a page loads several, for example with micro frontends. */
const copy = {};

/** It changes with a release whose clients the code of earlier releases cannot use. */
const registryKey = Symbol.for('session-clock clients 1');

type Registry = Map<string, PageClient & { readonly copy: object }>;

/** A server has none, because its users must not share a client. */
function registry(): Registry | null {
  if (typeof document === 'undefined') return null;
  const page = globalThis as { [registryKey]?: Registry };
  page[registryKey] ??= new Map();
  return page[registryKey];
}

/**
 * The client of this name that another copy has created, and has not stopped; `null`: none. With a client
 * of its own, each copy would act as a tab of its own. `onEvent` of the options is added to it.
 */
export function clientOfOtherCopy({
  name,
  onEvent,
  source,
}: SessionClientOptions): SessionClient | null {
  const found = registry()?.get(name ?? source.name);
  if (!found || found.copy === copy) return null;
  if (onEvent) found.onAny(onEvent);
  return found.client;
}

export function offerClient(page: PageClient): void {
  registry()?.set(page.client.name, { ...page, copy });
}

export function withdrawClient({ name }: SessionClient): void {
  registry()?.delete(name);
}
