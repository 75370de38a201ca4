// @ts-check
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { loginPage, page } from './loginPage.js';
import { Store } from './store.js';
import { users } from './users.js';

export const clientId = 'session-clock-demo';
/** The client of the app with its own server. Its secret is generated at every start. */
export const webClientId = 'session-clock-web';
const apiScope = 'notes:read';

/**
 * @typedef {object} ProviderOptions
 * @property {string} issuer
 * @property {string} apiUrl the audience of the access tokens
 * @property {readonly string[]} appOrigins the origins that may call it from a browser
 * @property {readonly string[]} redirectUris
 * @property {string} [webApp] the origin of an app with its own server, which uses nextjs-auth0
 * @property {number} accessTokenTtl in s
 * @property {number} refreshTokenTtl in s
 */

/**
 * A real OpenID provider: code flow with PKCE, rotating refresh tokens, JWT access tokens.
 * @param {ProviderOptions} options
 */
export async function createProvider(options) {
  const store = new Store();
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'demo', alg: 'RS256', use: 'sig' };
  const webClientSecret = randomBytes(24).toString('hex');
  /** Changed by control actions while the provider runs. */
  const behaviour = { refreshTokens: true, sessionCeiling: /** @type {number | null} */ (null) };
  const settings = configuration(options, { store, key, webClientSecret, behaviour });
  const provider = new Provider(options.issuer, settings);
  const handler = createHandler(provider);
  return { provider, store, key, webClientSecret, behaviour, handler };
}

/**
 * @param {ProviderOptions} options
 * @param {object} own
 * @param {Store} own.store
 * @param {import('jose').JWK} own.key
 * @param {string} own.webClientSecret
 * @param {{ refreshTokens: boolean, sessionCeiling: number | null }} own.behaviour
 * @returns {import('oidc-provider').Configuration}
 */
function configuration(options, { store, key, webClientSecret, behaviour }) {
  const { apiUrl, appOrigins, redirectUris, accessTokenTtl, refreshTokenTtl } = options;
  return {
    adapter: store.adapter(),
    jwks: { keys: [/** @type {any} */ (key)] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...redirectUris],
      },
      ...webClient(options.webApp, webClientSecret),
    ],
    claims: { openid: ['sub', 'session_expiry'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    clientBasedCORS: (_ctx, origin) => appOrigins.includes(origin),
    fetch: fetchOnLoopback,
    rotateRefreshToken: true,
    issueRefreshToken: async () => behaviour.refreshTokens,
    ttl: {
      AccessToken: accessTokenTtl,
      RefreshToken: refreshTokenTtl,
      IdToken: accessTokenTtl,
      Session: refreshTokenTtl,
      Grant: refreshTokenTtl,
      Interaction: 600,
    },
    findAccount: async (_ctx, sub) => account(sub, behaviour.sessionCeiling),
    loadExistingGrant: (ctx) => grantAll(ctx, apiUrl),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutAtOnce },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => apiUrl,
        useGrantedResource: async () => true,
        getResourceServerInfo: async () => ({
          scope: apiScope,
          audience: apiUrl,
          accessTokenTTL: accessTokenTtl,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

/**
 * @param {string | undefined} origin
 * @param {string} secret
 * @returns {import('oidc-provider').ClientMetadata[]}
 */
function webClient(origin, secret) {
  if (!origin) return [];
  return [
    {
      client_id: webClientId,
      client_secret: secret,
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [`${origin}/auth/callback`],
      post_logout_redirect_uris: [origin, `${origin}/`],
      backchannel_logout_uri: `${origin}/auth/backchannel-logout`,
      backchannel_logout_session_required: true,
    },
  ];
}

/**
 * Fetches without the provider's dispatcher, which blocks loopback addresses such as the app's.
 * @param {any} url
 * @param {any} options
 */
function fetchOnLoopback(url, { dispatcher: _dispatcher, ...options }) {
  return fetch(url, options);
}

/**
 * @param {string} sub
 * @param {number | null} [ceiling] in s from now; sent to apps as `session_expiry` (OpenID IPSIE)
 */
function account(sub, ceiling = null) {
  const user = users.find((each) => each.sub === sub);
  if (!user) return undefined;
  const session_expiry = ceiling === null ? undefined : Math.floor(Date.now() / 1_000) + ceiling;
  return { accountId: sub, claims: async () => ({ ...user, session_expiry }) };
}

/**
 * Grants everything without consent, because the app belongs to the provider.
 * @param {import('oidc-provider').KoaContextWithOIDC} ctx
 * @param {string} apiUrl
 */
async function grantAll(ctx, apiUrl) {
  const { provider, client, session } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  if (grantId) {
    const grant = await provider.Grant.find(grantId);
    if (grant) return grant;
  }
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email offline_access');
  grant.addResourceScope(apiUrl, apiScope);
  await grant.save();
  return grant;
}

/**
 * Submits the sign-out form at once, because the user has pressed "Sign out" in the app.
 * @param {import('oidc-provider').KoaContextWithOIDC} ctx
 * @param {string} form
 */
async function signOutAtOnce(ctx, form) {
  ctx.body = page(
    'Signing out',
    `<h1>Signing out…</h1>${form.replace('</form>', '<input type="hidden" name="logout" value="yes"></form>')}
<script>document.forms[0].submit()</script>`,
  );
}

/**
 * The provider's own routes, and the login page.
 * @param {Provider} provider
 * @returns {import('node:http').RequestListener}
 */
function createHandler(provider) {
  const callback = provider.callback();
  return (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response);
    interact(provider, request, response).catch(() => {
      // The interaction is complete, or belongs to another browser.
      response.writeHead(400, { 'Content-Type': 'text/html; charset=utf-8' });
      const text = 'This sign-in has ended. Go back to the app and sign in again.';
      response.end(page('Start again', `<h1>Start again</h1><p>${text}</p>`));
    });
  };
}

/**
 * @param {Provider} provider
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function interact(provider, request, response) {
  const { uid, prompt, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') {
    const consent = grantId ? { grantId } : {};
    return provider.interactionFinished(
      request,
      response,
      { consent },
      { mergeWithLastSubmission: true },
    );
  }
  if (request.method !== 'POST') {
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
    });
    return void response.end(loginPage(`/interaction/${uid}`));
  }
  const accountId = new URLSearchParams(await readBody(request)).get('sub') ?? '';
  if (!account(accountId)) throw new Error(`There is no user called ${accountId}.`);
  return provider.interactionFinished(
    request,
    response,
    { login: { accountId } },
    { mergeWithLastSubmission: false },
  );
}

/** @param {import('node:http').IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
