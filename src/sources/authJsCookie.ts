import type { AuthJsToken } from './authJsToken.js';

interface JwtParams {
  secret: string;
  /** Version 5 derives its key from the name of the cookie too; version 4 uses no salt. */
  salt: string;
}

/** The functions of `next-auth/jwt`, in version 4 or 5. */
export interface AuthJsJwt {
  decode(params: JwtParams & { token: string }): Promise<object | null>;
  /** `maxAge` in s. */
  encode(params: JwtParams & { token: Record<string, unknown>; maxAge: number }): Promise<string>;
}

export interface AuthJsCookieOptions extends AuthJsJwt {
  /** The `secret` of Auth.js. */
  secret: string;
  /** The `session.maxAge` of Auth.js (s). Default 30 days, as in Auth.js. */
  maxAge?: number;
  /** The name of the session's cookie, if the app has changed it. Default: the names of versions 4 and 5. */
  cookieName?: string;
  /** The salt of the JWT. Default: the name of the cookie, but `''` for the names of version 4. */
  salt?: string;
  /** The domain of the session's cookie, if the app has changed it. Default: this host. */
  cookieDomain?: string;
}

/** Of Auth.js (s). */
const defaultMaxAge = 2_592_000;

const names = ['authjs.session-token', 'next-auth.session-token'];
const defaultNames = names.flatMap((name) => [`__Secure-${name}`, name]);

/** Browsers refuse a cookie of more than 4,096 bytes, with its name and its attributes. */
const maxLength = 3_800;

type Cookies = ReadonlyMap<string, string>;

/** The claims of the session's JWT; `null` if there is none, or if it is invalid or has expired. */
export async function readSessionCookie(
  cookies: Cookies,
  options: AuthJsCookieOptions,
): Promise<AuthJsToken | null> {
  const { decode, secret } = options;
  if (!secret)
    throw new TypeError(
      'authJsRoutes() needs the secret of Auth.js. Pass it as authJsRoutes({ secret }).',
    );
  const name = findName(cookies, options);
  if (name === undefined) return null;
  const value = chunksOf(name, cookies)
    .map((chunk) => cookies.get(chunk))
    .join('');
  const token = await decode({ token: value, secret, salt: saltOf(name, options) }).catch(
    () => null,
  );
  const end = endOf(Object(token), options);
  // Auth.js itself accepts a JWT for another 15 s.
  return end * 1_000 > Date.now() ? ({ ...token, exp: end } as AuthJsToken) : null;
}

/**
 * At a sign-in, version 4 issues a JWT that is valid for `jwt.maxAge`, 30 days by default, in a cookie that is
 * valid for `session.maxAge`.
 */
function endOf(
  { exp = 0, iat = exp }: { exp?: number; iat?: number },
  { maxAge = defaultMaxAge }: AuthJsCookieOptions,
): number {
  return Math.min(exp, iat + maxAge);
}

/** The `Set-Cookie` headers that replace the JWT. Its end is kept, so this does not extend the session. */
export async function writeSessionCookie(
  token: AuthJsToken,
  cookies: Cookies,
  options: AuthJsCookieOptions,
): Promise<string[]> {
  const { encode, secret, cookieDomain } = options;
  const name = findName(cookies, options) ?? '';
  const maxAge = token.exp - Math.floor(Date.now() / 1_000);
  const value = await encode({ token, secret, salt: saltOf(name, options), maxAge });
  const chunks = toChunks(name, value);
  const attributes = [
    'Path=/; HttpOnly; SameSite=Lax',
    ...(name.startsWith('__Secure-') ? ['Secure'] : []),
    ...(cookieDomain ? [`Domain=${cookieDomain}`] : []),
  ].join('; ');
  const expires = `Expires=${new Date(token.exp * 1_000).toUTCString()}`;
  const former = chunksOf(name, cookies).filter((chunk) => !chunks.has(chunk));
  return [
    ...[...chunks].map(([chunk, part]) => `${chunk}=${part}; ${attributes}; ${expires}`),
    ...former.map((chunk) => `${chunk}=; ${attributes}; Max-Age=0`),
  ];
}

function findName(cookies: Cookies, { cookieName }: AuthJsCookieOptions): string | undefined {
  const candidates = cookieName === undefined ? defaultNames : [cookieName];
  return candidates.find((name) => chunksOf(name, cookies).length > 0);
}

function saltOf(name: string, { salt }: AuthJsCookieOptions): string {
  return salt ?? (name.includes('next-auth') ? '' : name);
}

/** The names of the cookies with the parts of the JWT, in their order. */
function chunksOf(name: string, cookies: Cookies): string[] {
  if (cookies.has(name)) return [name];
  const chunks: string[] = [];
  while (cookies.has(`${name}.${chunks.length}`)) chunks.push(`${name}.${chunks.length}`);
  return chunks;
}

function toChunks(name: string, value: string): ReadonlyMap<string, string> {
  if (value.length <= maxLength) return new Map([[name, value]]);
  const parts = value.match(new RegExp(`.{1,${maxLength}}`, 'g')) ?? [];
  return new Map(parts.map((part, index) => [`${name}.${index}`, part]));
}
