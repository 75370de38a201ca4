import type { RequestListener } from 'node:http';

/** The parts of the provider in `demo/` that are used; they are JavaScript. */
interface DemoParts {
  createProvider(options: object): Promise<{
    provider: { on(event: string, listener: (context: Grant) => void): void };
    store: { destroy(matches: (payload: unknown, model: string) => boolean): void };
    handler: RequestListener;
  }>;
  createListener(
    handler: () => RequestListener,
    port: number,
    host: string,
  ): Promise<{ start(): Promise<void>; stop(): Promise<void>; readonly port: number }>;
  clientId: string;
}

/** The part of the context of a grant that is used. */
interface Grant {
  oidc: { params: Record<string, unknown> };
}

export interface OpenIdProvider {
  readonly issuer: string;
  /** A public client. */
  readonly clientId: string;
  /** When a refresh token was exchanged (epoch ms). */
  readonly grantTimes: readonly number[];
  /** How many refresh tokens were refused. */
  refusals(): number;
  /** Revokes all tokens and sessions. */
  endSessions(): void;
  /** Refuses connections until `start()`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A real OpenID provider with rotating refresh tokens. `accessTokenTtl` in s. */
export async function startOpenIdProvider(
  redirectUri: string,
  accessTokenTtl: number,
): Promise<OpenIdProvider> {
  const { createProvider, createListener, clientId } = await importDemo();
  let handle: RequestListener = (_request, response) => void response.writeHead(503).end();
  const listener = await createListener(() => handle, 0, '127.0.0.1');
  const issuer = `http://localhost:${listener.port}`;
  const { provider, store, handler } = await createProvider({
    issuer,
    apiUrl: 'https://api.example',
    appOrigins: [],
    redirectUris: [redirectUri],
    accessTokenTtl,
    refreshTokenTtl: 86_400,
  });
  handle = handler;
  const grantTimes: number[] = [];
  let refusals = 0;
  const onRefresh = (listen: () => void) => (context: Grant) => {
    if (context.oidc.params['grant_type'] === 'refresh_token') listen();
  };
  provider.on(
    'grant.success',
    onRefresh(() => grantTimes.push(Date.now())),
  );
  provider.on(
    'grant.error',
    onRefresh(() => refusals++),
  );
  const models = ['RefreshToken', 'Grant', 'AuthorizationCode', 'AccessToken', 'Session'];
  return {
    issuer,
    clientId,
    grantTimes,
    refusals: () => refusals,
    endSessions: () => store.destroy((_payload, model) => models.includes(model)),
    stop: listener.stop,
    start: listener.start,
  };
}

/** Imports JavaScript modules of this repository, which have no type declarations. */
async function importDemo(): Promise<DemoParts> {
  const files = ['provider', 'listener'].map(
    (name) => new URL(`../../../demo/${name}.js`, import.meta.url).href,
  );
  const modules = await Promise.all(files.map((file) => import(file)));
  return Object.assign({}, ...modules) as DemoParts;
}
