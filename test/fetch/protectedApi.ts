import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSessionClient, type Session, type SessionClient, SessionError } from 'session-clock';
import { type AuthFetchOptions, createAuthFetch } from 'session-clock/fetch';

export interface Answer {
  status: number;
  challenge?: string;
  location?: string;
}

/** An API on a real HTTP server that refuses the tokens a test chooses, and the client that calls it. */
export class ProtectedApi {
  readonly client: SessionClient;
  readonly calls: { token: string | undefined; body: string; headers: IncomingHttpHeaders }[] = [];
  /** The requests to the source. */
  readonly asked = { session: 0, token: 0, login: [] as object[] };
  /** The answer that refuses a token; `undefined`: the token is accepted. */
  refuse: (token: string | undefined) => Answer | undefined = () => undefined;
  session: Session | null = { user: { sub: 'ada' } };
  /** The session after the next sign-in. */
  nextSession: Session = { user: { sub: 'ada' } };
  answerToken: () => Promise<string> = async () => `secret-${this.asked.token}`;
  readonly #server: Server;
  origin = '';
  apiFetch: typeof fetch = fetch;

  /** `hasTokens: false`: the session's cookie authenticates the calls. */
  constructor({ hasTokens = true }: { hasTokens?: boolean } = {}) {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { headers } = request;
      const token = headers.authorization?.replace(/^Bearer /, '');
      this.calls.push({ token, body: Buffer.concat(chunks).toString(), headers });
      const { status, challenge, location } = this.refuse(token) ?? { status: 200 };
      response.writeHead(status, {
        ...(challenge !== undefined && { 'WWW-Authenticate': challenge }),
        ...(location !== undefined && { Location: location }),
      });
      response.end(`for ${token}`);
    });
    this.client = createSessionClient({
      source: {
        name: 'test',
        getSession: async () => {
          this.asked.session++;
          return this.session;
        },
        ...(hasTokens && {
          getAccessToken: async (_request, { now }) => {
            this.asked.token++;
            return { value: await this.answerToken(), expiresAt: now() + 60_000 };
          },
        }),
        login: async (request) => {
          this.asked.login.push(request);
          this.session ??= this.nextSession;
        },
      },
      userKey: ({ user }) => `${user.sub} ${user['tenant']}`,
    });
  }

  async open(options: AuthFetchOptions = {}): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.apiFetch = createAuthFetch(this.client, { origins: [this.origin], ...options });
    this.client.start();
  }

  close(): void {
    this.client.stop();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The tokens that were sent, in order. */
  get sent(): (string | undefined)[] {
    return this.calls.map(({ token }) => token);
  }
}

/** The provider refuses the refresh for good. */
export function refuseRefresh(): Promise<never> {
  return Promise.reject(new SessionError('ERR_REFRESH_FAILED', 'no more'));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
