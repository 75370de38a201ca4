export type MaybePromise<Value> = Value | Promise<Value>;

type Entries<Value> = [key: string, value: Value][];

/** The `AsyncStorage` of `@tanstack/query-persist-client-core`; Web Storage is one as well. */
export interface QueryStorage<Value> {
  getItem: (key: string) => MaybePromise<Value | undefined | null>;
  setItem: (key: string, value: Value) => MaybePromise<unknown>;
  removeItem: (key: string) => MaybePromise<void>;
  entries?: () => MaybePromise<Entries<Value>>;
}

/** The entries of a storage, separate for each user. */
export interface UserEntries<Value> {
  get(user: string, key: string): MaybePromise<Value | undefined | null>;
  set(user: string, key: string, value: Value): MaybePromise<unknown>;
  remove(user: string, key: string): MaybePromise<void>;
  /** Not defined if the storage cannot list its entries. */
  list: ((user: string) => Promise<Entries<Value>>) | undefined;
  /** Removes the entries of all users but the one that `currentUser` returns at the time of each removal. */
  removeOthers(currentUser: () => string | null): Promise<void>;
}

/** @param appName distinguishes two apps of an origin */
export function createUserEntries<Value>(
  storage: QueryStorage<Value>,
  appName: string,
): UserEntries<Value> {
  const prefix = `session-clock:${encodeURIComponent(appName)}:`;
  const listAll = listOf(storage);
  /** The keys that this page has used. */
  const used = new Set<string>();

  function prefixOf(user: string): string {
    return `${prefix}${user}:`;
  }

  function keyOf(user: string, key: string): string {
    const name = prefixOf(user) + key;
    used.add(name);
    return name;
  }

  return {
    get: (user, key) => storage.getItem(keyOf(user, key)),
    set: (user, key, value) => storage.setItem(keyOf(user, key), value),
    remove: (user, key) => storage.removeItem(keyOf(user, key)),
    list:
      listAll &&
      (async (user) => {
        const own = (await listAll()).filter(([name]) => name.startsWith(prefixOf(user)));
        return own.map(([name, value]) => [name.slice(prefixOf(user).length), value]);
      }),
    async removeOthers(currentUser) {
      const names = listAll ? (await listAll()).map(([name]) => name) : [...used];
      for (const name of names.filter((each) => each.startsWith(prefix))) {
        const user = currentUser();
        if (user === null || !name.startsWith(prefixOf(user))) await storage.removeItem(name);
      }
    },
  };
}

function listOf<Value>(
  storage: QueryStorage<Value>,
): (() => MaybePromise<Entries<Value>>) | undefined {
  if (!isWebStorage(storage)) return storage.entries?.bind(storage);
  return () => Object.keys(storage).map((key) => [key, storage.getItem(key) as Value]);
}

/** Its entries are its own properties, so an entry may have the name `entries`. */
function isWebStorage(storage: object): boolean {
  return 'length' in storage && 'key' in storage && typeof storage.key === 'function';
}
