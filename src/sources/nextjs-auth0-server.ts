import type { Session } from '../core/types.js';
import { type ProfileOptions, readProfile } from './nextjsAuth0Profile.js';

// For the app's server, beside the SDK's own client.

/** The SDK's codes after which only a new sign-in helps. */
const ends = ['missing_session', 'session_expired', 'missing_refresh_token'];
/** Its codes for a provider that could not be asked, or gave no reason. */
const outages = ['failed_to_refresh_token', 'discovery_error'];

/** What is used of an `Auth0Client`; any object of this shape will do. */
export interface Auth0ServerClient {
  getAccessToken(options: {
    refresh?: boolean;
    audience?: string;
    scope?: string;
  }): Promise<{ token: string; expiresAt: number; scope?: string; token_type?: string }>;
}

/** The `initialSession` of a page, from `(await auth0.getSession())?.user`. */
export function toInitialSession(
  user: { sub: string; [claim: string]: unknown } | null | undefined,
  options?: ProfileOptions,
): Session | null {
  return user ? readProfile(user, options) : null;
}

/**
 * Whether the SDK's failure means that a person must sign in again; `false` for an outage. Its code
 * `failed_to_refresh_token` stands for both, and only its cause, which stays on the server, tells.
 */
export function isSignInNeeded(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return ends.includes(String(code)) || isInvalidGrant(error);
}

/**
 * A route like the SDK's `/auth/access-token` that says what the SDK's cannot: a refresh token that
 * the provider refuses for good is told from an outage, and `?refresh=true` is heeded.
 * @example
 * // app/api/access-token/route.ts
 * export const GET = accessTokenRoute(auth0);
 * // in the browser
 * nextjsAuth0({ routes: { accessToken: '/api/access-token' } });
 */
export function accessTokenRoute(
  auth0: Auth0ServerClient,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const asked = new URL(request.url).searchParams;
    const audience = asked.get('audience');
    const scope = asked.get('scope');
    try {
      const { token, expiresAt, ...rest } = await auth0.getAccessToken({
        refresh: asked.has('refresh'),
        ...(audience !== null && { audience }),
        ...(scope !== null && { scope }),
      });
      const expires_in = Math.max(0, expiresAt - Math.floor(Date.now() / 1_000));
      const { scope: granted, token_type } = rest;
      const dates = { expires_at: expiresAt, expires_in, refreshable: true };
      return answer(200, { token, ...dates, scope: granted, token_type });
    } catch (error) {
      return refuse(error);
    }
  };
}

function refuse(error: unknown): Response {
  const { code } = Object(error) as { code?: unknown };
  if (code === 'mfa_required') return answer(403, { error: code });
  if (isInvalidGrant(error)) return answer(401, { error: { code: 'invalid_grant' } });
  if (outages.includes(String(code))) return answer(503, {});
  if (ends.includes(String(code))) return answer(401, { error: { code } });
  // The app's own failure, say of its session store.
  throw error;
}

/** The provider has refused the refresh token for good (RFC 6749 §5.2). */
function isInvalidGrant(error: unknown): boolean {
  const { cause } = Object(error) as { cause?: unknown };
  return (Object(cause) as { code?: unknown }).code === 'invalid_grant';
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
}
