import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import type { LoginContext } from '../../src/index.js';
import { type CookieSessionOptions, cookieSession } from '../../src/sources/cookie-session.js';

const platformFetch = globalThis.fetch;

/** A page whose requests go to a server of the same origin, with the cookies of a browser. */
export class CookiePage {
  readonly cookies: Map<string, string> = new Map();
  /** The addresses that the page has navigated to. */
  readonly visited: string[] = [];
  readonly #server: Server;

  /** Replaces `document` and `location`; `close()` restores them. */
  static async open(handler: RequestListener): Promise<CookiePage> {
    const server = createServer(handler);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CookiePage(server);
  }

  constructor(server: Server) {
    this.#server = server;
    const { cookies } = this;
    const readCookies = (): string => this.#cookieText();
    const document = {
      get cookie(): string {
        return readCookies();
      },
      querySelector: () => ({ content: cookies.get('csrftoken') }),
    };
    const assign = (address: string): void => void this.visited.push(address);
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const events = new EventTarget();
    vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
    vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
    vi.stubGlobal('document', document);
    vi.stubGlobal('location', {
      origin,
      pathname: '/reports',
      search: '?page=2',
      hash: '',
      assign,
    });
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = { ...(init?.headers as object), Cookie: this.#cookieText() };
    const address = new URL(String(input), location.origin);
    const response = await platformFetch(address, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  };

  /** For the functions of a source. */
  context(options: Partial<LoginContext> = {}): LoginContext {
    return {
      signal: new AbortController().signal,
      forceRefresh: false,
      fetch: this.fetch,
      now: () => Date.now(),
      whenQuiet: (work) => work(),
      ...options,
    };
  }

  /** Signs Ada in at the server's form. */
  async signIn(): Promise<void> {
    const body = new URLSearchParams({ sub: 'ada' });
    await this.fetch('/login', { method: 'POST', body, redirect: 'manual' });
  }

  close(): void {
    vi.unstubAllGlobals();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #cookieText(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** A source for the routes of `CookieServer`. */
export function createCookieSession(
  options: Partial<CookieSessionOptions> = {},
): ReturnType<typeof cookieSession> {
  return cookieSession({
    me: '/api/me',
    extend: '/api/keep-alive',
    login: '/login',
    logout: '/logout',
    csrf: { header: 'X-CSRFToken', cookie: 'csrftoken' },
    ...options,
  });
}
