import type { DehydratedState, QueryClient } from '@tanstack/react-query';
import { runOnce } from '../core/runOnce.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { userOfCache } from './cacheOwner.js';
import { isSessionQuery } from './sessionQuery.js';
import { signedInUser, userIsKnown, watchUser } from './signedInUser.js';

/** The `PersistedClient` of `@tanstack/query-persist-client-core`, which this package does not import. */
export interface PersistedClient {
  /** When it was stored (epoch ms). */
  timestamp: number;
  buster: string;
  clientState: DehydratedState;
}

/** The `Persister` of `@tanstack/query-persist-client-core`. */
export interface Persister {
  persistClient: (persistedClient: PersistedClient) => void | PromiseLike<void>;
  restoreClient: () => PersistedClient | undefined | PromiseLike<PersistedClient | undefined>;
  removeClient: () => void | PromiseLike<void>;
}

export interface PersisterForUserOptions {
  client: SessionClient;
  /** The app's own QueryClient, whose cache is persisted. */
  queryClient: QueryClient;
  /** Where the cache is stored, for example `createAsyncStoragePersister({ storage: localStorage })`. */
  persister: Persister;
  /**
   * Removes the stored data also when a page finds no session, for example on shared devices. Default `false`:
   * the data is kept, because its user's session may only have expired.
   */
  removeWithoutSession?: boolean;
}

const stamp = 'session-clock:';
const nothing: DehydratedState = { mutations: [], queries: [] };
const empty: PersistedClient = { timestamp: 0, buster: '', clientState: nothing };

/**
 * A persister for `PersistQueryClientProvider` and `persistQueryClient()`. The queries and paused mutations
 * that it stores belong to the signed-in user, and are restored for the same user only: another user's data is
 * removed instead. The restore waits until the session is known; while no user is signed in, nothing is stored
 * or restored. A sign-out, also in another tab, a change of user, and an end that `hideAfter` lists remove the
 * stored data.
 *
 * Mount `QueryClientSync` too: if the user changes without it, nothing more is stored until the next page load.
 * Create it once per client: it subscribes to the client at its first use, and does not unsubscribe.
 */
export function persisterForUser(options: PersisterForUserOptions): Persister {
  const { client, queryClient, persister, removeWithoutSession = false } = options;
  /** The user whose stored data could not be restored, because no user was signed in. */
  let withheldFor: string | null = null;
  /** The latest write, which may still be running. */
  let write: void | PromiseLike<void>;

  const watch = runOnce(() => {
    watchUser(client, (user, former) => {
      if (former) void discard();
      if (former || (user !== null && user !== withheldFor)) withheldFor = null;
    });
  });

  return {
    persistClient(state) {
      watch();
      const user = userOfCache(client, queryClient);
      // Data that is not restored yet is not overwritten.
      if (user === null || user === withheldFor) return;
      write = persister.persistClient(withUser(user, state));
      return write;
    },

    async restoreClient() {
      watch();
      await userIsKnown(client);
      const stored = await persister.restoreClient();
      if (!stored) return undefined;
      const { user = null, buster = '' } = readUser(stored) ?? {};
      const current = signedInUser(client) ?? null;
      if (user !== null && user === current) {
        withheldFor = null;
        return restorable(stored, user, buster);
      }
      if (user !== null && current === null && !removeWithoutSession) withheldFor = user;
      else await persister.removeClient();
      return undefined;
    },

    removeClient: () => persister.removeClient(),
  };

  async function discard(): Promise<void> {
    // A persister that throttles its writes may hold one back, which the empty one replaces.
    const replace = async (): Promise<void> => persister.persistClient(empty);
    const remove = async (): Promise<void> => persister.removeClient();
    await Promise.allSettled([write, replace(), remove()]);
    // The running write may have ended last. Without a user, no later one replaces it.
    if (signedInUser(client) === null) await remove().catch(() => {});
  }

  /** TanStack reads `clientState` when it fills the cache: by then, the user may have changed. */
  function restorable(stored: PersistedClient, user: string, buster: string): PersistedClient {
    return {
      ...stored,
      buster,
      get clientState() {
        return userOfCache(client, queryClient) === user ? stored.clientState : nothing;
      },
    };
  }
}

/** Without this package, TanStack finds another `buster` than the app's, and removes the data. */
function withUser(user: string, state: PersistedClient): PersistedClient {
  const { mutations, queries } = state.clientState;
  const clientState = { mutations, queries: queries.filter((query) => !isSessionQuery(query)) };
  return { ...state, buster: `${stamp}${user}:${state.buster}`, clientState };
}

function readUser({ buster }: PersistedClient): { user: string; buster: string } | null {
  if (!buster.startsWith(stamp)) return null;
  const rest = buster.slice(stamp.length);
  const end = rest.indexOf(':');
  return { user: rest.slice(0, end), buster: rest.slice(end + 1) };
}
