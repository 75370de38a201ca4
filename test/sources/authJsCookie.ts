import { createRequire } from 'node:module';
import type { decode, encode } from 'next-auth/jwt';
import {
  type AuthJsServerOptions,
  type AuthJsServerRoutes,
  authJsRoutes,
} from '../../src/sources/auth-js-server.js';

const jwt = createRequire(import.meta.url)('next-auth/jwt') as {
  decode: typeof decode;
  encode: typeof encode;
};
const secret = 'a secret of the test';
export const now = (): number => Math.floor(Date.now() / 1_000);

export const signIn = { at: 1_700_000_000, access_token: 'a0', refresh_token: 'r0' };

export interface Cookie {
  name?: string;
  maxAge?: number;
  signIn?: object;
}

/** The `Cookie` header of a session. */
export async function cookieOf({
  name = 'next-auth.session-token',
  maxAge = 600,
  ...own
}: Cookie = {}): Promise<string> {
  const token = { sub: 'ada', name: 'Ada', signIn, ...own };
  const salt = name.includes('next-auth') ? '' : name;
  return `${name}=${await jwt.encode({ token, secret, salt, maxAge })}`;
}

export function createRoutes(options: Partial<AuthJsServerOptions> = {}): AuthJsServerRoutes {
  return authJsRoutes({ ...jwt, secret, ...options });
}

export const request = (path: string, cookie: string): Request =>
  new Request(`http://app.test${path}`, { headers: { cookie } });

export async function readSession(
  cookie: string,
  options?: Partial<AuthJsServerOptions>,
): Promise<unknown> {
  const response = await createRoutes(options).session(request('/api/session', cookie));
  return response?.json();
}

/** The answer of the token route, and the `Cookie` header that the browser has after it. */
interface TokenAnswer {
  status: number | undefined;
  body: { token?: string; expires_in?: number };
  setCookies: readonly string[];
  next: string;
}

export async function readToken(
  cookie: string,
  options?: Partial<AuthJsServerOptions>,
  query = '',
): Promise<TokenAnswer> {
  const path = `/api/access-token${query}`;
  const response = await createRoutes(options).accessToken(request(path, cookie));
  const setCookies = response?.headers.getSetCookie() ?? [];
  const kept = setCookies.filter((each) => !each.includes('Max-Age=0'));
  const next = kept.map((each) => each.split(';')[0]).join('; ');
  return { status: response?.status, body: await response?.json(), setCookies, next };
}
