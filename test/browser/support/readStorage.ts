import type { Page } from 'playwright-core';

/** An entry that a script of the page can read. */
export interface Found {
  place: 'localStorage' | 'sessionStorage' | 'IndexedDB' | 'Cache Storage' | 'a cookie';
  key: string;
  text: string;
}

/** Reads everything that a script of this page can read. A place that is denied has no entry. */
export function readStorage(page: Page): Promise<Found[]> {
  return page.evaluate(readAll);
}

/** Runs in the page, so it uses nothing from outside. */
async function readAll(): Promise<Found[]> {
  const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const readers: (() => Found[] | Promise<Found[]>)[] = [
    () => Object.entries(localStorage).map(([key, text]) => ({ place: 'localStorage', key, text })),
    () =>
      Object.entries(sessionStorage).map(([key, text]) => ({ place: 'sessionStorage', key, text })),
    () =>
      document.cookie.split('; ').map((cookie) => {
        const [key = '', ...value] = cookie.split('=');
        return { place: 'a cookie', key, text: value.join('=') };
      }),
    async () => {
      const found: Found[] = [];
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await settled(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const objects = database.transaction(store).objectStore(store);
          const keys = await settled(objects.getAllKeys());
          const values = await settled(objects.getAll());
          const text = JSON.stringify([keys, values]);
          found.push({ place: 'IndexedDB', key: `${name}/${store}`, text });
        }
        database.close();
      }
      return found;
    },
    async () => {
      const found: Found[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const text = (await (await cache.match(request))?.text()) ?? '';
          found.push({ place: 'Cache Storage', key: `${name} ${request.url}`, text });
        }
      }
      return found;
    },
  ];
  const found: Found[] = [];
  for (const read of readers) {
    try {
      found.push(...(await read()));
    } catch {
      // Denied, for example in a sandboxed frame.
    }
  }
  return found;
}
