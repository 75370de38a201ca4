// @ts-check
import { createApi, send } from './api.js';
import { createControl } from './control.js';
import { countGrants } from './counts.js';
import { createListener } from './listener.js';
import { createPausable } from './pausable.js';
import { clientId, createProvider, webClientId } from './provider.js';
import { createTokenFaults } from './tokenFaults.js';

/**
 * @typedef {object} DemoOptions
 * @property {number} [providerPort] 0 (default): any free port
 * @property {number} [apiPort] 0 (default): any free port
 * @property {readonly string[]} appOrigins the origins of the app's pages
 * @property {readonly string[]} redirectUris
 * @property {string} [webApp] the origin of an app with its own server, which uses nextjs-auth0
 * @property {number} [accessTokenTtl] in s, default 30
 * @property {number} [refreshTokenTtl] in s, default 3600; also the lifetime of the provider's session
 */

const host = '127.0.0.1';

/**
 * Starts an OpenID provider and a protected API on loopback.
 * @param {DemoOptions} options
 */
export async function startDemo(options) {
  const { providerPort = 0, apiPort = 0, appOrigins, redirectUris, webApp } = options;
  const { accessTokenTtl = 30, refreshTokenTtl = 3_600 } = options;
  /** @type {import('node:http').RequestListener} */
  let onProvider = (_request, response) => void response.writeHead(503).end();
  /** @type {import('node:http').RequestListener} */
  let onApi = onProvider;
  // Issuer and audience contain the ports, so both servers listen before their handlers are created.
  const listener = await createListener(() => onProvider, providerPort, host);
  const apiListener = await createListener(() => onApi, apiPort, host);
  const issuer = `http://localhost:${listener.port}`;
  const apiUrl = `http://localhost:${apiListener.port}`;

  const ttl = { accessTokenTtl, refreshTokenTtl };
  const { provider, store, key, webClientSecret, behaviour, handler } = await createProvider({
    issuer,
    apiUrl,
    appOrigins,
    redirectUris,
    ...(webApp !== undefined && { webApp }),
    ...ttl,
  });
  const tokenFaults = createTokenFaults(handler);
  const pausable = createPausable(tokenFaults.handle);
  onProvider = pausable.handle;
  const counts = countGrants(provider);
  const control = createControl({
    provider,
    store,
    listener,
    pausable,
    tokenFaults,
    behaviour,
    counts,
  });
  onApi = withCors(appOrigins, route(createApi({ issuer, apiUrl, key }), control));

  return {
    issuer,
    apiUrl,
    clientId,
    webClientId,
    webClientSecret,
    counts: counts.read,
    control,
    stop: async () => {
      await Promise.all([listener.stop(), apiListener.stop()]);
    },
  };
}

/**
 * @param {import('node:http').RequestListener} api
 * @param {(name: string) => Promise<unknown>} control
 * @returns {import('node:http').RequestListener}
 */
function route(api, control) {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/notes') return api(request, response);
    const [, name] = /^\/control\/(.+)$/.exec(pathname) ?? [];
    const state = name && (await control(name));
    send(response, state ? 200 : 404, state || { error: 'Not found.' });
  };
}

/**
 * Allows calls from the app's own pages only.
 * @param {readonly string[]} origins
 * @param {import('node:http').RequestListener} handler
 * @returns {import('node:http').RequestListener}
 */
function withCors(origins, handler) {
  return (request, response) => {
    const { origin } = request.headers;
    if (origin && origins.includes(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Allow-Headers', 'Authorization');
      response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate, Date');
    }
    response.setHeader('Vary', 'Origin');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    handler(request, response);
  };
}
