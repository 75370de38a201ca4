import type { RouteAnswer } from './authJsHandler.js';

/** The answer of the provider to a refresh grant (RFC 6749 §5.1), `expires_in` in s. */
export interface GrantedToken {
  access_token: string;
  expires_in?: number | undefined;
  refresh_token?: string | undefined;
  scope?: string | undefined;
}

/** Rejects with an error that has the provider's OAuth error as `error` or `code`, if there is one. */
export type RefreshAccessToken = (refreshToken: string) => Promise<GrantedToken>;

export interface RefreshGrantOptions {
  /** The provider's token endpoint. */
  tokenEndpoint: string;
  clientId: string;
  /** Absent: a public client. */
  clientSecret?: string;
  /** How the secret is sent: with HTTP Basic, or in the body. Default `'client_secret_basic'`. */
  authentication?: 'client_secret_basic' | 'client_secret_post';
}

/** How long the provider may take (ms). */
const timeout = 10_000;

/** The `refresh` of `authJsRoutes()` for any OAuth provider (RFC 6749 §6). */
export function refreshGrant(options: RefreshGrantOptions): RefreshAccessToken {
  const { tokenEndpoint, clientId, clientSecret, authentication = 'client_secret_basic' } = options;
  const isBasic = clientSecret !== undefined && authentication === 'client_secret_basic';
  const client: Record<string, string> = isBasic ? {} : { client_id: clientId };
  if (clientSecret !== undefined && !isBasic) client['client_secret'] = clientSecret;
  return async (refreshToken) => {
    const fields = { grant_type: 'refresh_token', refresh_token: refreshToken, ...client };
    const response = await fetch(tokenEndpoint, {
      method: 'POST',
      headers: { Accept: 'application/json', ...(isBasic && basic(clientId, clientSecret)) },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(timeout),
    });
    const answer = (await response.json()) as GrantedToken & { error?: unknown };
    if (response.ok && typeof answer.access_token === 'string') return answer;
    // A status of the server takes precedence: its body may be that of a gateway.
    const error = response.status < 500 && response.status !== 429 ? answer.error : undefined;
    throw Object.assign(new Error('The provider granted no access token.'), { error });
  };
}

/** The secret of a client, as RFC 6749 §2.3.1 encodes it. */
function basic(clientId: string, secret: string): { Authorization: string } {
  return { Authorization: `Basic ${btoa([clientId, secret].map(encodeURIComponent).join(':'))}` };
}

/** The answer to the page after a failed refresh: 401 if the user must sign in, 503 if it may succeed later. */
export function refusalOf(thrown: unknown): RouteAnswer {
  const { error, code } = Object(thrown) as { error?: unknown; code?: unknown };
  const name = [error, code].find((each) => /^[a-z_]+$/.test(String(each)) && each !== undefined);
  if (name === undefined) return { status: 503, body: {} };
  return { status: name === 'invalid_grant' ? 401 : 400, body: { error: name } };
}
