import { readJwtClaims, readJwtDates, toInstant } from '../core/jwt.js';
import type { SourceContext } from '../core/sessionSource.js';
import type { AccessToken, Session } from '../core/types.js';
import type { OidcUser } from './oidcUserManager.js';
import { refreshTokenEnd } from './refreshTokenEnd.js';

/** Claims about the ID token, not about the user; some change with every refresh. */
const protocolClaims = new Set(
  'iss aud exp iat nbf jti nonce azp at_hash c_hash s_hash auth_time acr amr sid typ'.split(' '),
);

/** `statesEnd`: whether the session ends with the refresh token. */
export function toSession(user: OidcUser, statesEnd: boolean): Session {
  const { sub } = user.profile;
  const userClaims = Object.entries(user.profile).filter(([claim]) => !protocolClaims.has(claim));
  const idleExpiresAt = statesEnd ? refreshTokenEnd(user) : undefined;
  return {
    user: { ...Object.fromEntries(userClaims), sub },
    ...(idleExpiresAt !== undefined && { idleExpiresAt }),
    ...authenticationOf(user),
  };
}

/** When and how the user has authenticated. */
export function authenticationOf(user: OidcUser): Pick<Session, 'authenticatedAt' | 'acr'> {
  // oidc-client-ts removes these two claims from the profile.
  const { auth_time, acr } = user.id_token ? readJwtClaims(user.id_token) : {};
  const authenticatedAt = toInstant(auth_time);
  return {
    ...(authenticatedAt !== undefined && { authenticatedAt }),
    ...(typeof acr === 'string' && { acr }),
  };
}

export function toAccessToken(user: OidcUser, { now }: SourceContext): AccessToken {
  const { access_token, expires_in, profile, scope, token_type } = user;
  const { issuedAt, expiresAt = Number.POSITIVE_INFINITY } = readJwtDates(access_token);
  // The SDK computes `expires_in` from the device's clock, which may have changed since.
  const end =
    expires_in === undefined ? expiresAt : Math.min(now() + expires_in * 1_000, expiresAt);
  return {
    value: access_token,
    sub: profile.sub,
    tokenType: token_type.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer',
    ...(Number.isFinite(end) && { expiresAt: end }),
    ...(issuedAt !== undefined && { issuedAt }),
    ...(scope !== undefined && { scope }),
  };
}
