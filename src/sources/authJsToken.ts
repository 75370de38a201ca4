import type { GrantedToken } from './authJsRefresh.js';

/** What `keepSignIn` adds to the session's JWT. Dates are in s since the epoch. */
export interface SignInClaim {
  /** When the user signed in. */
  at: number;
  access_token?: string | undefined;
  expires_at?: number | undefined;
  refresh_token?: string | undefined;
  scope?: string | undefined;
}

/** The claims of the session's JWT. */
export interface AuthJsToken {
  sub?: string;
  /** When the session ends (s since the epoch). */
  exp: number;
  signIn?: SignInClaim;
  [claim: string]: unknown;
}

/** The parameters of the `jwt` callback that are used; `account` is present at a sign-in. */
export interface JwtCallbackParams<Token> {
  token: Token;
  account?: {
    access_token?: string | undefined;
    expires_at?: number | undefined;
    refresh_token?: string | undefined;
    scope?: string | undefined;
  } | null;
}

/**
 * The `jwt` callback of Auth.js for `authJsRoutes()`: keeps the date of the sign-in and the provider's tokens in
 * the session's JWT, which is encrypted.
 * @example
 * callbacks: { jwt: keepSignIn }
 */
export function keepSignIn<Token extends object>({
  token,
  account,
}: JwtCallbackParams<Token>): Token & { signIn?: SignInClaim } {
  if (!account) return token;
  const { access_token, expires_at, refresh_token, scope } = account;
  const at = Math.floor(Date.now() / 1_000);
  return { ...token, signIn: { at, access_token, expires_at, refresh_token, scope } };
}

/** The JWT with the tokens of a refresh grant. A refresh token or scope that is not renewed stays valid. */
export function withGrant(
  token: AuthJsToken,
  { access_token, expires_in, refresh_token, scope }: GrantedToken,
): AuthJsToken {
  const { signIn } = token;
  return {
    ...token,
    signIn: {
      at: signIn?.at ?? 0,
      access_token,
      expires_at: expires_in === undefined ? undefined : Date.now() / 1_000 + expires_in,
      refresh_token: refresh_token ?? signIn?.refresh_token,
      scope: scope ?? signIn?.scope,
    },
  };
}
