// @ts-check
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { loginPage, page } from './loginPage.js';
import { people } from './people.js';
import { Store } from './store.js';

export const clientId = 'session-clock-demo';
/** Of the app with a server. The secret is made anew at every start. */
export const webClientId = 'session-clock-web';
const apiScope = 'notes:read';

/**
 * @typedef {object} ProviderOptions
 * @property {string} issuer
 * @property {string} apiUrl the audience of the access tokens
 * @property {readonly string[]} appOrigins who may call it from a browser
 * @property {readonly string[]} redirectUris
 * @property {string} [webApp] the origin of an app with a server of its own, by nextjs-auth0
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
  /** What it does can be changed while it runs. */
  const manners = { refreshTokens: true, sessionCeiling: /** @type {number | null} */ (null) };
  const settings = configuration(options, { store, key, webClientSecret, manners });
  const provider = new Provider(options.issuer, settings);
  return { provider, store, key, webClientSecret, manners, handler: createHandler(provider) };
}

/**
 * @param {ProviderOptions} options
 * @param {object} own
 * @param {Store} own.store
 * @param {import('jose').JWK} own.key
 * @param {string} own.webClientSecret
 * @param {{ refreshTokens: boolean, sessionCeiling: number | null }} own.manners
 * @returns {import('oidc-provider').Configuration}
 */
function configuration(options, { store, key, webClientSecret, manners }) {
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
    issueRefreshToken: async () => manners.refreshTokens,
    ttl: {
      AccessToken: accessTokenTtl,
      RefreshToken: refreshTokenTtl,
      IdToken: accessTokenTtl,
      Session: refreshTokenTtl,
      Grant: refreshTokenTtl,
      Interaction: 600,
    },
    findAccount: async (_ctx, sub) => account(sub, manners.sessionCeiling),
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
 * Without the dispatcher that the provider hands over: that reaches no loopback address, where the app is.
 * @param {any} url
 * @param {any} options
 */
function fetchOnLoopback(url, { dispatcher: _dispatcher, ...options }) {
  return fetch(url, options);
}

/**
 * @param {string} sub
 * @param {number | null} [ceiling] in s from now; told to apps as `session_expiry` (OpenID IPSIE)
 */
function account(sub, ceiling = null) {
  const person = people.find((each) => each.sub === sub);
  if (!person) return undefined;
  const session_expiry = ceiling === null ? undefined : Math.floor(Date.now() / 1_000) + ceiling;
  return { accountId: sub, claims: async () => ({ ...person, session_expiry }) };
}

/**
 * The app is the provider's own: nobody is asked for consent.
 * @param {import('oidc-provider').KoaContextWithOIDC} ctx
 * @param {string} apiUrl
 */
async function grantAll(ctx, apiUrl) {
  const { provider, client, session } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  if (known) {
    const grant = await provider.Grant.find(known);
    if (grant) return grant;
  }
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email offline_access');
  grant.addResourceScope(apiUrl, apiScope);
  await grant.save();
  return grant;
}

/**
 * Whoever pressed "Sign out" in the app is not asked again.
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
      // An interaction that is over, or of another browser.
      response.writeHead(400, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(page('Start again', '<h1>Start again</h1><p>This sign-in is over.</p>'));
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
  if (!account(accountId)) throw new Error('nobody of that name');
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
