import type { SimulatedBrowser } from './browser';

/** What is wrong with the server or the network. */
export type Fault = 'none' | 'offline' | '429' | '503' | 'slow' | 'refused';

export type UserId = 'ada' | 'grace';
export const userNames: Record<UserId, string> = { ada: 'Ada Lovelace', grace: 'Grace Hopper' };

/** Lifetimes in ms. */
export interface ServerOptions {
  accessToken: number;
  idle: number;
  absolute: number;
  /** Whether the server tells the page when the session ends. */
  statesEnds: boolean;
}

export interface RequestRecord {
  tab: number;
  request: string;
  /** An HTTP status, or why there was no answer. */
  outcome: string;
}

/** How long a slow answer takes (ms): longer than the client waits for it. */
const slowAnswer = 45_000;

/** A server with cookie sessions and access tokens, without a network. */
export class SimulatedServer {
  fault: Fault = 'none';
  /** The user of the next sign-in that names none. */
  nextUser: UserId = 'ada';
  readonly #browser: SimulatedBrowser;
  readonly #options: ServerOptions;
  readonly #onRequest: (record: RequestRecord) => void;
  #session: { user: UserId; startedAt: number; usedAt: number } | null = null;
  #tokens = 0;

  constructor(
    browser: SimulatedBrowser,
    options: ServerOptions,
    onRequest: (record: RequestRecord) => void,
  ) {
    this.#browser = browser;
    this.#options = options;
    this.#onRequest = onRequest;
    this.#signIn('ada');
  }

  /** Ends the session on the server. The page notices it with its next request. */
  revoke(): void {
    this.#session = null;
  }

  /** The `fetch` of a tab. */
  fetchFrom(tab: number): typeof fetch {
    return async (input, init = {}) => {
      const request = `${init.method ?? 'GET'} ${String(input)}`;
      const record = (outcome: string): void => this.#onRequest({ tab, request, outcome });
      try {
        const response = await this.#answer(String(input), init);
        record(String(response.status));
        return response;
      } catch (error) {
        record(init.signal?.aborted ? 'aborted' : 'no network');
        throw error;
      }
    };
  }

  async #answer(path: string, { signal, body }: RequestInit): Promise<Response> {
    signal?.throwIfAborted();
    switch (this.fault) {
      case 'offline':
        throw new TypeError('Failed to fetch');
      case '429':
        return this.#respond(429, {}, { 'Retry-After': '30' });
      case '503':
        return this.#respond(503, {});
      case 'slow':
        await this.#wait(slowAnswer, signal);
        return this.#handle(path, body);
      default:
        return this.#handle(path, body);
    }
  }

  #handle(path: string, body: unknown): Response {
    const now = this.#browser.clock.now();
    switch (path) {
      case '/api/login':
        this.#signIn((body ?? this.nextUser) as UserId);
        return this.#respond(204);
      case '/api/logout':
        this.#session = null;
        return this.#respond(204);
      case '/api/extend':
        if (this.#session) this.#session.usedAt = now;
        return this.#describeSession();
      case '/api/token':
        return this.#issueToken();
      case '/api/notes':
        return this.#respond(200, {});
      default:
        return this.#describeSession();
    }
  }

  #signIn(user: UserId): void {
    const now = this.#browser.clock.now();
    this.#session = { user, startedAt: now, usedAt: now };
  }

  #describeSession(): Response {
    const session = this.#session;
    const { statesEnds, absolute, idle } = this.#options;
    const ends = session && {
      expiresAt: session.startedAt + absolute,
      idleExpiresAt: session.usedAt + idle,
    };
    return this.#respond(
      session ? 200 : 401,
      session && { sub: session.user, startedAt: session.startedAt, ...(statesEnds && ends) },
    );
  }

  #issueToken(): Response {
    if (!this.#session || this.fault === 'refused') {
      return this.#respond(400, { error: 'invalid_grant' });
    }
    this.#tokens += 1;
    const expires_in = this.#options.accessToken / 1_000;
    return this.#respond(200, { token: `token-${this.#tokens}`, expires_in });
  }

  #respond(status: number, body?: object | null, headers?: Record<string, string>): Response {
    const date = new Date(this.#browser.clock.now()).toUTCString();
    const init = { status, headers: { Date: date, ...headers } };
    return new Response(status === 204 ? null : JSON.stringify(body), init);
  }

  #wait(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#browser.clock.setTimer(ms, resolve);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  }
}
