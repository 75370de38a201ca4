import { vi } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { hybrid, type SessionClient, type SessionSource } from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';

/** A visible page whose clock is also the clock of its server, and whose requests need no time. */
class PageOfServer extends TestEnvironment {
  readonly #requests: Set<Promise<unknown>> = new Set();

  constructor(fetch: typeof globalThis.fetch) {
    super(Date.now());
    this.fetch = (input, init) => {
      const answer = receive(fetch(input, init)).finally(() => this.#requests.delete(answer));
      this.#requests.add(answer);
      return answer;
    };
    this.runWork = async (work) => {
      await work();
      do {
        await Promise.allSettled(this.#requests);
        await new Promise((resolve) => setImmediate(resolve));
      } while (this.#requests.size > 0);
    };
  }

  protected override pass(ms: number): void {
    super.pass(ms);
    vi.setSystemTime(this.wall);
  }
}

/** The answer with its body and with the time of the server: Node sends a `Date` that is up to 1 s old. */
async function receive(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  const body = response.status === 204 ? null : await response.text();
  const headers = new Headers(response.headers);
  headers.set('Date', new Date().toUTCString());
  return new Response(body, { status: response.status, headers });
}

/** Opens a page with a session, and leaves it alone for 15 minutes. The caller stops the client. */
export async function leaveOpen(
  source: SessionSource,
  fetch: typeof globalThis.fetch,
): Promise<SessionClient> {
  const page = new PageOfServer(fetch);
  const client = createSessionClient(
    {
      source,
      policy: hybrid({ idle: '1h' }),
      checkSession: source.readingExtends ? {} : { every: '1m' },
    },
    page,
  );
  client.start();
  if (client.hasAccessTokens) client.retainAccessToken();
  await page.advance(900_000);
  return client;
}
