import type { QueryClient, QueryKey, QueryState } from '@tanstack/react-query';
import { runOnce } from '../core/runOnce.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { userOfCache } from './cacheOwner.js';
import { isSessionQuery } from './sessionQuery.js';
import { signedInUser, userIsKnown, watchUser } from './signedInUser.js';
import { createUserEntries, type MaybePromise, type QueryStorage } from './userEntries.js';

/** The `PersistedQuery` of `@tanstack/query-persist-client-core`, which this package does not import. */
export interface PersistedQuery {
  buster: string;
  queryHash: string;
  queryKey: QueryKey;
  state: QueryState;
}

/** A stored value, and the user to whom it belongs; `null`: it is not stored. */
export interface UserValue<Value> {
  user: string | null;
  value: Value;
}

export interface QueryStorageForUserOptions<Value> {
  client: SessionClient;
  /** The app's own QueryClient, whose queries are persisted. */
  queryClient: QueryClient;
  /** For example `localStorage`; `undefined` or `null` on a server. */
  storage: QueryStorage<Value> | undefined | null;
  /** Default: `JSON.stringify`. */
  serialize?: (query: PersistedQuery) => MaybePromise<Value>;
  /** Default: `JSON.parse`. */
  deserialize?: (value: Value) => MaybePromise<PersistedQuery>;
  /**
   * Removes the stored data also when a page finds no session, for example on shared devices. Default `false`:
   * the data is kept, because its user's session may only have expired.
   */
  removeWithoutSession?: boolean;
}

/** Options of `experimental_createQueryPersister()`. */
export interface UserQueryStorage<Value> {
  storage: QueryStorage<UserValue<Value>> | undefined;
  serialize: (query: PersistedQuery) => Promise<UserValue<Value>>;
  deserialize: (value: UserValue<Value>) => Promise<PersistedQuery>;
}

/**
 * The storage options for `experimental_createQueryPersister()`. The stored data belongs to the signed-in user,
 * and is restored for the same user only: once the user is known, the data of other users is removed. A read
 * waits until the session is known; while no user is signed in, nothing is stored or restored. A sign-out, also
 * in another tab, and an end that `hideAfter` lists remove the stored data. If the storage is not Web Storage
 * and has no `entries()`, only the entries that this page has read or written can be removed.
 *
 * Mount `QueryClientSync` too: if the user changes without it, nothing more is stored until the next page load.
 * @example experimental_createQueryPersister({ ...queryStorageForUser({ client, queryClient, storage: localStorage }) })
 */
export function queryStorageForUser<Value = string>({
  serialize = JSON.stringify as (query: PersistedQuery) => Value,
  deserialize = JSON.parse as (value: Value) => PersistedQuery,
  ...options
}: QueryStorageForUserOptions<Value>): UserQueryStorage<Value> {
  const { client, queryClient, storage } = options;
  return {
    storage: storage ? storageForUser(storage, options) : undefined,
    async serialize(query) {
      // Before `serialize()`, which may be asynchronous: the user may change meanwhile.
      const user = isStored(query) ? userOfCache(client, queryClient) : null;
      return { user, value: await serialize(query) };
    },
    async deserialize({ user, value }) {
      const query = await deserialize(value);
      if (user !== userOfCache(client, queryClient)) throw new Error('The user has changed.');
      return query;
    },
  };
}

function isStored(query: PersistedQuery): boolean {
  return !isSessionQuery(query) && query.state.data !== undefined;
}

function storageForUser<Value>(
  storage: QueryStorage<Value>,
  { client, queryClient, removeWithoutSession = false }: QueryStorageForUserOptions<Value>,
): QueryStorage<UserValue<Value>> {
  const entries = createUserEntries(storage, client.name);
  const { list } = entries;

  const watch = runOnce(() => {
    watchUser(client, (user, former) => {
      if (user === null && !former && !removeWithoutSession) return;
      entries.removeOthers(() => signedInUser(client) ?? null).catch(() => {});
    });
  });

  function currentUser(): string | null {
    watch();
    return userOfCache(client, queryClient);
  }

  async function knownUser(): Promise<string | null> {
    watch();
    await userIsKnown(client);
    return currentUser();
  }

  return {
    async getItem(key) {
      const user = await knownUser();
      const value = user === null ? null : await entries.get(user, key);
      return value == null ? null : { user, value };
    },
    setItem(key, { user, value }) {
      const isCurrent = user !== null && user === currentUser();
      return isCurrent ? entries.set(user, key, value) : undefined;
    },
    removeItem(key) {
      const user = currentUser();
      return user === null ? undefined : entries.remove(user, key);
    },
    ...(list && {
      async entries() {
        const user = await knownUser();
        const own = user === null ? [] : await list(user);
        return own.map(([key, value]) => [key, { user, value }]);
      },
    }),
  };
}
