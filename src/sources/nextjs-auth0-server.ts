import type { Session } from '../core/types.js';
import { type ProfileOptions, readProfile } from './nextjsAuth0Profile.js';

// These functions run on the app's server, together with the SDK's own client.

/** The SDK's error codes that require a new sign-in. */
const signInCodes = ['missing_session', 'session_expired', 'missing_refresh_token'];
/** The SDK's error codes for a provider that did not answer, or gave no reason. */
const outageCodes = ['failed_to_refresh_token', 'discovery_error'];

/** The part of an `Auth0Client` that is used; any object of this shape is accepted. */
export interface Auth0ServerClient {
  getAccessToken(options: {
    refresh?: boolean;
    audience?: string;
    scope?: string;
  }): Promise<{ token: string; expiresAt: number; scope?: string; token_type?: string }>;
}

/** Returns the `initialSession` of a page, from `(await auth0.getSession())?.user`. */
export function toInitialSession(
  user: { sub: string; [claim: string]: unknown } | null | undefined,
  options?: ProfileOptions,
): Session | null {
  return user ? readProfile(user, options) : null;
}

/**
 * Whether an error of the SDK means that the user must sign in again; `false` for an outage. The code
 * `failed_to_refresh_token` stands for both; only the error's cause, which stays on the server,
 * distinguishes them.
 */
export function isSignInNeeded(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return signInCodes.includes(String(code)) || isInvalidGrant(error);
}

/**
 * Creates a route like the SDK's `/auth/access-token` with two additions: its answers distinguish a
 * refused refresh token from an outage, and it supports `?refresh=true`.
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
    const params = new URL(request.url).searchParams;
    const audience = params.get('audience');
    const scope = params.get('scope');
    try {
      const { token, expiresAt, ...rest } = await auth0.getAccessToken({
        refresh: params.has('refresh'),
        ...(audience !== null && { audience }),
        ...(scope !== null && { scope }),
      });
      const expires_in = Math.max(0, expiresAt - Math.floor(Date.now() / 1_000));
      const { scope: granted, token_type } = rest;
      const dates = { expires_at: expiresAt, expires_in, refreshable: true };
      return respond(200, { token, ...dates, scope: granted, token_type });
    } catch (error) {
      return toErrorResponse(error);
    }
  };
}

function toErrorResponse(error: unknown): Response {
  const { code } = Object(error) as { code?: unknown };
  if (code === 'mfa_required') return respond(403, { error: code });
  if (isInvalidGrant(error)) return respond(401, { error: { code: 'invalid_grant' } });
  if (outageCodes.includes(String(code))) return respond(503, {});
  if (signInCodes.includes(String(code))) return respond(401, { error: { code } });
  // The app's own failure, for example of its session store.
  throw error;
}

/** The provider has refused the refresh token for good (RFC 6749 §5.2). */
function isInvalidGrant(error: unknown): boolean {
  const { cause } = Object(error) as { cause?: unknown };
  return (Object(cause) as { code?: unknown }).code === 'invalid_grant';
}

function respond(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
}
