import type { RequestListener } from 'node:http';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';

export interface BetterAuthAppOptions {
  /** The origin of the app. */
  origin: string;
  session?: BetterAuthOptions['session'];
  /** Without a database. */
  stateless?: boolean;
}

interface Row {
  token: string;
}

export const ada = { email: 'ada@example.com', password: 'a long password', name: 'Ada' };

/** Hashing takes a second. */
const plainPasswords = {
  hash: async (password: string) => password,
  verify: async ({ hash, password }: { hash: string; password: string }) => hash === password,
};

/** An app with the real handler of better-auth, a database in memory, and a sign-in page. */
export class BetterAuthApp {
  /** The methods, paths and queries of all requests so far. */
  readonly requests: string[] = [];
  /** When a session was extended (epoch ms). */
  readonly extensions: number[] = [];
  // The adapter replaces an array when it undoes a transaction.
  readonly #database: Record<string, Row[]> = {
    user: [],
    session: [],
    account: [],
    verification: [],
  };
  readonly #handle: RequestListener;
  readonly #ready: Promise<unknown>;

  constructor({ origin, session, stateless }: BetterAuthAppOptions) {
    const auth = betterAuth({
      baseURL: origin,
      secret: 'a secret of the test, long enough for better-auth',
      ...(!stateless && { database: memoryAdapter(this.#database) }),
      emailAndPassword: { enabled: true, autoSignIn: false, password: plainPasswords },
      session: { expiresIn: 3_600, updateAge: 0, ...session },
      rateLimit: { enabled: false },
      telemetry: { enabled: false },
      logger: { disabled: true },
      databaseHooks: {
        session: { update: { after: async () => void this.extensions.push(Date.now()) } },
      },
    });
    this.#handle = toNodeHandler(auth);
    this.#ready = auth.api.signUpEmail({ body: ada });
  }

  /** Revokes all sessions. */
  endSessions(): void {
    this.#database['session'] = [];
  }

  /** The tokens of the sessions that exist. */
  tokens(): readonly string[] {
    return (this.#database['session'] ?? []).map(({ token }) => token);
  }

  count(request: string): number {
    return this.requests.filter((each) => each === request).length;
  }

  readonly handle: RequestListener = async (request, response) => {
    await this.#ready;
    this.requests.push(`${request.method} ${request.url}`);
    if (request.url?.startsWith('/api/auth/')) return this.#handle(request, response);
    if (!request.url?.startsWith('/sign-in')) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(signInPage);
  };
}

/** Signs Ada in, and leads back to the page in `callbackURL`. */
const signInPage = `<!doctype html><title>Sign in</title><button>Continue as Ada</button><script>
document.querySelector('button').onclick = async () => {
  const body = ${JSON.stringify(JSON.stringify(ada))};
  const headers = { 'Content-Type': 'application/json' };
  await fetch('/api/auth/sign-in/email', { method: 'POST', headers, body });
  location.assign(new URLSearchParams(location.search).get('callbackURL'));
};
</script>`;
