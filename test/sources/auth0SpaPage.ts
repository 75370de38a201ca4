import { vi } from 'vitest';

export const appOrigin = 'http://localhost:3000';

/**
 * The parts of a page that auth0-spa-js uses, in Node: the provider of these tests runs in the same process, and
 * does not work with the typed arrays of jsdom. `open()` opens no window that the user could use.
 */
export function openAuth0Page(): void {
  const cookies = new Map<string, string>();
  const document = {
    get cookie(): string {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    set cookie(text: string) {
      const [, name = '', value = '', isRemoved] = /^([^=]+)=([^;]*)(.*1970)?/.exec(text) ?? [];
      if (isRemoved || value === '') cookies.delete(name);
      else cookies.set(name, value);
    },
  };
  const events = new EventTarget();
  const page = {
    document,
    location: { origin: appOrigin, pathname: '/', search: '', hash: '', href: `${appOrigin}/` },
    sessionStorage: createStorage(),
    localStorage: createStorage(),
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    open: () => ({ closed: false, location: {}, close: closeWindow }),
  };
  Object.assign(page.location, { assign: () => {} });
  for (const [name, value] of Object.entries({ ...page, window: globalThis })) {
    vi.stubGlobal(name, value);
  }
}

function closeWindow(this: { closed: boolean }): void {
  this.closed = true;
}

function createStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
