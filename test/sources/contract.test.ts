import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InMemoryWebStorage, User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { afterEach, describe, it, vi } from 'vitest';
import type { SourceContext } from '../../src/index.js';
import { customSource } from '../../src/sources/custom.js';
import { expectOk, readJson } from '../../src/sources/helpers.js';
import { nextjsAuth0 } from '../../src/sources/nextjs-auth0.js';
import { oidcClient } from '../../src/sources/oidc-client.js';
import { describeSource, type Situation, type SourceScene } from '../../src/testing/index.js';
import { respond } from '../snippets/ownApp/respond.js';

const runner = { describe, it };
const ada = { sub: 'ada', name: 'Ada Lovelace' };

type Answer = (
  path: string,
  backend: { situation: Situation; lifetime: number; issueToken: () => string },
) => readonly [status: number, body?: unknown];

/** A server that misbehaves as the situation says, or gives the answer of its source's protocol. */
class Backend {
  readonly secrets: string[] = [];
  situation: Situation = 'signed in';
  url = '';
  readonly #server: Server;
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      respond(response, this.situation, () => this.#answer(pathname, this));
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Issues a secret, which no error may quote. */
  readonly issueToken = (): string => {
    const secret = `secret-${this.secrets.length}-${Math.random().toString(36).slice(2)}`;
    this.secrets.push(secret);
    return secret;
  };

  /** The lifetime of a token (s). */
  get lifetime(): number {
    if (this.situation === 'an expiry in the year 3000') return 30_000_000_000;
    return this.situation === 'a negative expiry' ? -60 : 60;
  }
}

function sceneOf(
  backend: Backend,
  source: SourceScene['source'],
  limitations: NonNullable<SourceScene['limitations']> = [],
): SourceScene {
  return {
    source,
    setSituation: (situation) => {
      backend.situation = situation;
    },
    secrets: () => backend.secrets,
    limitations,
    close: () => backend.close(),
  };
}

describeSource(
  'nextjsAuth0, with a token route of the app',
  async () => {
    const backend = new Backend((path, { situation, lifetime, issueToken }) => {
      if (situation === 'signed out') return [401, undefined];
      if (path === '/auth/profile') return [200, situation === 'wrong types' ? { sub: 7 } : ada];
      if (situation === 'refused') return [401, { error: 'invalid_grant' }];
      const expires_at = Math.floor(Date.now() / 1_000) + lifetime;
      const token = situation === 'wrong types' ? 7 : issueToken();
      return [200, { token, scope: 'read', expires_at, expires_in: lifetime }];
    });
    await backend.open();
    // The source fetches paths of the page's origin, and Node has no such origin.
    const platformFetch = globalThis.fetch;
    vi.stubGlobal('fetch', (input: string, init: RequestInit) =>
      platformFetch(new URL(input, backend.url), init),
    );
    return sceneOf(backend, nextjsAuth0(), ['leaves the page to sign out']);
  },
  runner,
);

describeSource(
  'customSource, written in a few lines',
  async () => {
    const backend = new Backend((path, { situation, lifetime, issueToken }) => {
      if (path === '/me') {
        if (situation === 'signed out') return [200, { user: null }];
        return [200, { user: situation === 'wrong types' ? 'ada' : ada }];
      }
      if (situation === 'refused') return [400, { error: 'invalid_grant' }];
      const access_token = situation === 'wrong types' ? 7 : issueToken();
      return [200, { access_token, expires_in: lifetime }];
    });
    await backend.open();
    const source = customSource({
      name: 'own',
      async getSession({ fetch, signal }) {
        const { user } = await readJson(await fetch(`${backend.url}/me`, { signal }));
        return user === null ? null : { user: user as typeof ada };
      },
      async getAccessToken({ audience = '', scope = '' }, { fetch, signal, now }) {
        const body = new URLSearchParams({ audience, scope });
        const answer = await readJson(
          await fetch(`${backend.url}/token`, { method: 'POST', body, signal }),
        );
        return {
          value: answer['access_token'] as string,
          expiresAt: now() + (answer['expires_in'] as number) * 1_000,
        };
      },
      login: untilCancelled,
    });
    return sceneOf(backend, source);
  },
  runner,
);

describeSource(
  'customSource of a cookie session, without access tokens',
  async () => {
    const backend = new Backend((path, { situation }) => {
      if (path === '/touch') return [204, undefined];
      if (situation === 'signed out') return [200, { user: null }];
      return [200, { user: situation === 'wrong types' ? 'ada' : ada }];
    });
    await backend.open();
    const source = customSource({
      name: 'cookie',
      async getSession({ fetch, signal }) {
        const { user } = await readJson(await fetch(`${backend.url}/me`, { signal }));
        return user === null ? null : { user: user as typeof ada };
      },
      async extend(context) {
        await expectOk(await context.fetch(`${backend.url}/touch`, { signal: context.signal }));
        return source.getSession(context);
      },
      login: untilCancelled,
    });
    return sceneOf(backend, source);
  },
  runner,
);

describeSource(
  'oidcClient',
  async () => {
    const backend = new Backend((_path, { situation, lifetime, issueToken }) => {
      if (situation === 'refused') return [400, { error: 'invalid_grant' }];
      const access_token = situation === 'wrong types' ? 7 : issueToken();
      const refresh_token = issueToken();
      return [200, { access_token, refresh_token, expires_in: lifetime, token_type: 'Bearer' }];
    });
    await backend.open();
    const userManager = new UserManager({
      authority: backend.url,
      client_id: 'app',
      redirect_uri: 'http://app.test/callback',
      metadata: { issuer: backend.url, token_endpoint: `${backend.url}/token` },
      automaticSilentRenew: false,
      requestTimeoutInSeconds: 1,
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    });
    const scene = sceneOf(backend, oidcClient(userManager), [
      'ignores the signal',
      'drops a negative expiry',
    ]);
    return {
      ...scene,
      // The signed-in user is in the UserManager's store.
      setSituation: async (situation) => {
        await scene.setSituation(situation);
        if (situation === 'signed out') await userManager.removeUser();
        if (situation === 'signed in') await userManager.storeUser(createUser(backend));
      },
    };
  },
  runner,
);

/** A sign-in that the user never completes. */
function untilCancelled(_request: unknown, { signal }: SourceContext): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function createUser(backend: Backend): User {
  return new User({
    access_token: backend.issueToken(),
    refresh_token: backend.issueToken(),
    token_type: 'Bearer',
    profile: { ...ada, iss: backend.url, aud: 'app', exp: 0, iat: 0 },
    expires_at: Math.floor(Date.now() / 1_000) + 60,
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
});
