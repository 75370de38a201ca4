import type { BrowserContext, Request } from 'playwright-core';
import { expect } from 'vitest';
import type { Settings } from './app/userManager.ts';

/** The tokens that the provider has issued, and the requests of all tabs to the provider and to the API. */
export class RequestRecord {
  readonly tokens: Set<string> = new Set();
  readonly #settings: Settings;
  #requests: Request[] = [];

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Records a browser's requests from now on. A restarted browser is another context. */
  add(context: BrowserContext): void {
    const { issuer, apiUrl } = this.#settings;
    context.on('request', (request) => {
      if ([issuer, apiUrl].includes(new URL(request.url()).origin)) this.#requests.push(request);
    });
    context.on('response', async (response) => {
      if (response.url() !== `${issuer}/token`) return;
      const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
      for (const name of ['access_token', 'refresh_token', 'id_token']) {
        if (typeof body[name] === 'string') this.tokens.add(body[name]);
      }
    });
  }

  /** Removes the requests so far. The tokens stay known. */
  restart(): void {
    this.#requests = [];
  }

  /** Since `restart()`, no request had one of the tokens in its address, headers or body. */
  expectNoToken(): void {
    expect(this.tokens.size).toBeGreaterThan(2);
    const withToken = this.#requests.filter((request) => {
      const text = JSON.stringify([request.url(), request.headers(), request.postData()]);
      return [...this.tokens].some((token) => text.includes(token));
    });
    expect(withToken.map((request) => request.url())).toEqual([]);
  }
}
