import type { RequestListener } from 'node:http';
import { createAuthClient } from 'better-auth/client';
import { vi } from 'vitest';
import { ada, BetterAuthApp, type BetterAuthAppOptions } from '../browser/sources/betterAuthApp.ts';
import { CookiePage } from './cookieSessionPage.ts';

type Client = ReturnType<typeof createAuthClient<{ baseURL: string }>>;

/** A page with the real client of better-auth. */
export class BetterAuthPage {
  app: BetterAuthApp;
  readonly #createApp: () => BetterAuthApp;
  readonly client: Client;
  readonly #page: CookiePage;

  /** `intercept` answers a request in place of the app; returns whether it has. */
  static async open(
    options: Partial<BetterAuthAppOptions> = {},
    intercept: (...request: Parameters<RequestListener>) => boolean = () => false,
  ): Promise<BetterAuthPage> {
    let own: BetterAuthPage | null = null;
    const page = await CookiePage.open((request, response) => {
      if (!intercept(request, response)) own?.app.handle(request, response);
    });
    own = new BetterAuthPage(
      () => new BetterAuthApp({ origin: location.origin, ...options }),
      page,
    );
    return own;
  }

  constructor(createApp: () => BetterAuthApp, page: CookiePage) {
    this.#createApp = createApp;
    this.app = createApp();
    this.#page = page;
    // The client keeps the `fetch` of its creation.
    vi.stubGlobal('fetch', this.fetch);
    this.client = createAuthClient({ baseURL: location.origin });
  }

  get cookies(): Map<string, string> {
    return this.#page.cookies;
  }

  get visited(): readonly string[] {
    return this.#page.visited;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    // A browser adds its origin to a POST.
    const headers = { ...Object.fromEntries(new Headers(init?.headers)), Origin: location.origin };
    const response = await this.#page.fetch(input, { ...init, headers });
    // A browser removes an expired cookie.
    for (const [name, value] of this.cookies) if (value === '') this.cookies.delete(name);
    return response;
  };

  /** The next requests reach another instance of the server, with an empty memory. */
  replaceApp(): void {
    this.app = this.#createApp();
  }

  /** Signs Ada in. Resolves when the client has reported it. */
  async signIn(): Promise<void> {
    const reported = new Promise<void>((resolve) => {
      const stop = this.client.$store.atoms['$sessionSignal']?.listen(() => {
        stop?.();
        resolve();
      });
    });
    const { error } = await this.client.signIn.email(ada);
    if (error) throw new Error(`The sign-in has failed: ${error.message}`);
    await reported;
  }

  close(): void {
    this.#page.close();
  }
}
