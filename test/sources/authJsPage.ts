import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type CredentialsProvider from 'next-auth/providers/credentials';
import { keepSignIn } from '../../src/sources/auth-js-server.js';
import { AuthJsApp, type AuthJsAppOptions } from '../browser/sources/authJsApp.ts';
import { CookiePage } from './cookieSessionPage.ts';

const require = createRequire(import.meta.url);
const credentials = require('next-auth/providers/credentials')
  .default as typeof CredentialsProvider;

/** Accepts any user without a password. */
const provider = credentials({
  credentials: {},
  authorize: async () => ({ id: 'ada', name: 'Ada', email: 'ada@example.com' }),
});

/** A page of an app with next-auth 4, whose provider's tokens are those of the test. */
export class AuthJsPage {
  readonly app: AuthJsApp;
  readonly #page: CookiePage;

  /** `intercept` answers a request in place of the app; returns whether it has. */
  static async open(
    options: Partial<AuthJsAppOptions> & { tokens?: object } = {},
    intercept: (...request: Parameters<RequestListener>) => boolean = () => false,
  ): Promise<AuthJsPage> {
    let app: AuthJsApp | null = null;
    const page = await CookiePage.open((request, response) => {
      if (!intercept(request, response)) app?.handle(request, response);
    });
    const { tokens, ...rest } = options;
    app = new AuthJsApp({
      origin: location.origin,
      providers: [provider],
      jwtCallback: ({ token, account }) =>
        keepSignIn({ token, account: account && { ...account, ...tokens } }),
      ...rest,
    });
    return new AuthJsPage(app, page);
  }

  constructor(app: AuthJsApp, page: CookiePage) {
    this.app = app;
    this.#page = page;
  }

  get cookies(): Map<string, string> {
    return this.#page.cookies;
  }

  get visited(): readonly string[] {
    return this.#page.visited;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const response = await this.#page.fetch(input, init);
    // A browser removes an expired cookie.
    for (const [name, value] of this.cookies) if (value === '') this.cookies.delete(name);
    return response;
  };

  async signIn(): Promise<void> {
    const { csrfToken } = (await (await this.fetch('/api/auth/csrf')).json()) as {
      csrfToken: string;
    };
    const body = new URLSearchParams({ csrfToken, callbackUrl: '/', json: 'true' });
    await this.fetch('/api/auth/callback/credentials', { method: 'POST', body });
  }

  close(): void {
    this.#page.close();
  }
}
