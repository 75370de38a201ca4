import type { RequestListener } from 'node:http';

/** The parts of the provider in `demo/` that are used; they are JavaScript. */
interface DemoParts {
  createProvider(options: object): Promise<{
    provider: {
      registerResponseMode(name: string, handler: WebMessage): void;
      on(event: string, listener: (context: Grant) => void): void;
    };
    behaviour: { sessionCeiling: number | null };
    store: { destroy(matches: (payload: Record<string, unknown>, model: string) => boolean): void };
    handler: RequestListener;
  }>;
  createListener(
    handler: () => RequestListener,
    port: number,
    host: string,
  ): Promise<{ start(): Promise<void>; stop(): Promise<void>; readonly port: number }>;
  countGrants(provider: unknown): { read(): GrantCounts };
}

/** The part of the context of a grant that is used. */
interface Grant {
  oidc: { params: Record<string, unknown> };
}

type WebMessage = (
  context: { type: string; body: string },
  redirectUri: string,
  response: object,
) => void;

interface GrantCounts {
  signIns: number;
  refreshes: number;
  refusedRefreshes: number;
  reusedRefreshTokens: number;
}

export interface Auth0Provider {
  /** With the scheme, which auth0-spa-js accepts. */
  readonly domain: string;
  readonly clientId: string;
  counts(): GrantCounts;
  /** When a refresh token was exchanged (epoch ms). */
  grantTimes(): readonly number[];
  /** Revokes all tokens; the user stays signed in at the provider. */
  revokeTokens(): void;
  /** Revokes all tokens and sessions. */
  endSessions(): void;
  /** The `session_expiry` of the ID tokens from now on: in s from their issue; `null`: none. */
  setSessionCeiling(seconds: number | null): void;
  /** Refuses connections until `start()`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface Auth0ProviderOptions {
  /** The origin of the app's pages. */
  app: string;
  /** In s. */
  accessTokenTtl: number;
  /** Handles a request instead of the provider; returns whether it has. */
  intercept?: (...request: Parameters<RequestListener>) => boolean;
}

/** The paths of Auth0, and those of oidc-provider. */
const routes: readonly (readonly [RegExp, string])[] = [
  [/^\/authorize\b/, '/auth'],
  [/^\/oauth\/token\b/, '/token'],
  [/^\/oauth\/revoke\b/, '/token/revocation'],
  [/^\/v2\/logout\b/, '/session/end'],
];

/** A real OpenID provider at the paths of Auth0, with Auth0's answer to a pop-up or a hidden frame. */
export async function startAuth0Provider(options: Auth0ProviderOptions): Promise<Auth0Provider> {
  const { createProvider, createListener, countGrants } = await importDemo();
  let handle: RequestListener = (_request, response) => void response.writeHead(503).end();
  const listener = await createListener(() => handle, 0, '127.0.0.1');
  const domain = `http://localhost:${listener.port}`;
  const { provider, store, handler, behaviour } = await createProvider({
    // With a slash, as Auth0 has it.
    issuer: `${domain}/`,
    apiUrl: 'https://api.example',
    appOrigins: [options.app],
    redirectUris: [options.app, `${options.app}/`],
    accessTokenTtl: options.accessTokenTtl,
    refreshTokenTtl: 86_400,
  });
  provider.registerResponseMode('web_message', answerWithMessage);
  const counts = countGrants(provider);
  const grantTimes: number[] = [];
  provider.on('grant.success', ({ oidc }) => {
    if (oidc.params['grant_type'] === 'refresh_token') grantTimes.push(Date.now());
  });
  handle = (request, response) => {
    const url = request.url ?? '';
    const [path, ownPath = ''] = routes.find(([each]) => each.test(url)) ?? [];
    if (path)
      request.url = url.replace(path, ownPath).replace('returnTo=', 'post_logout_redirect_uri=');
    if (!options.intercept?.(request, response)) handler(request, response);
  };
  const grants = ['RefreshToken', 'Grant', 'AuthorizationCode', 'AccessToken'];
  return {
    domain,
    clientId: 'session-clock-demo',
    counts: counts.read,
    grantTimes: () => grantTimes,
    revokeTokens: () => store.destroy((_payload, model) => grants.includes(model)),
    endSessions: () => store.destroy((_payload, model) => [...grants, 'Session'].includes(model)),
    setSessionCeiling: (seconds) => {
      behaviour.sessionCeiling = seconds;
    },
    stop: listener.stop,
    start: listener.start,
  };
}

/** The answer that auth0-spa-js expects (draft-sakimura-oauth-wmrm). */
const answerWithMessage: WebMessage = (context, redirectUri, response) => {
  const message = JSON.stringify({ type: 'authorization_response', response });
  context.type = 'html';
  context.body = `<!doctype html><title>Signed in</title>
<script>(opener || parent).postMessage(${message}, ${JSON.stringify(new URL(redirectUri).origin)})</script>`;
};

/** Imports JavaScript modules of this repository, which have no type declarations. */
async function importDemo(): Promise<DemoParts> {
  const files = ['provider', 'listener', 'counts'].map(
    (name) => new URL(`../../../demo/${name}.js`, import.meta.url).href,
  );
  const modules = await Promise.all(files.map((file) => import(file)));
  return Object.assign({}, ...modules) as DemoParts;
}
