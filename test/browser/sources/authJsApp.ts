import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AuthOptions } from 'next-auth';
import type { decode, encode } from 'next-auth/jwt';
import {
  type AuthJsHandler,
  type AuthJsServerOptions,
  authJsRoutes,
  keepSignIn,
} from '../../../src/sources/auth-js-server.js';
import { readFields } from './readFields.ts';

// A CommonJS package, whose default export Node and Vitest read differently.
const require = createRequire(import.meta.url);
const nextAuth = require('next-auth').default as (
  request: object,
  response: object,
  options: AuthOptions,
) => Promise<void>;
const jwt = require('next-auth/jwt') as { decode: typeof decode; encode: typeof encode };

const secret = 'a secret of the test';

export interface AuthJsAppOptions {
  /** The origin of the app. */
  origin: string;
  providers: AuthOptions['providers'];
  /** The lifetime of a session (s). Default: an hour. */
  maxAge?: number;
  refresh?: AuthJsServerOptions['refresh'];
  /** Default: `keepSignIn`. */
  jwtCallback?: NonNullable<AuthOptions['callbacks']>['jwt'];
}

/** An app with the real handler of next-auth 4, and the two routes of `authJsRoutes()`. */
export class AuthJsApp {
  /** The methods and paths of all requests so far. */
  readonly requests: string[] = [];
  readonly #options: AuthOptions;
  readonly #routes: Readonly<Record<string, AuthJsHandler>>;

  constructor({ origin, providers, maxAge = 3_600, refresh, jwtCallback }: AuthJsAppOptions) {
    process.env['NEXTAUTH_URL'] = origin;
    this.#options = {
      secret,
      providers,
      session: { strategy: 'jwt', maxAge },
      callbacks: { jwt: jwtCallback ?? keepSignIn },
      logger: { error: () => {}, warn: () => {}, debug: () => {} },
    };
    const { session, accessToken } = authJsRoutes({
      ...jwt,
      secret,
      maxAge,
      ...(refresh && { refresh }),
    });
    this.#routes = { '/api/session': session, '/api/access-token': accessToken };
  }

  count(request: string): number {
    return this.requests.filter((each) => each === request).length;
  }

  readonly handle: RequestListener = async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    this.requests.push(`${request.method} ${pathname}`);
    const route = this.#routes[pathname];
    if (route) return void (await route(request, response));
    if (!pathname.startsWith('/api/auth/')) return void response.writeHead(404).end();
    const nextauth = pathname.slice('/api/auth/'.length).split('/');
    const query = { ...Object.fromEntries(searchParams), nextauth };
    const body = request.method === 'POST' ? await readFields(request) : {};
    const { headers, method } = request;
    const nextRequest = { headers, method, query, body, cookies: readCookies(request) };
    await nextAuth(nextRequest, toNextResponse(response), this.#options);
  };
}

/** The methods that Next.js adds to a response. */
function toNextResponse(response: ServerResponse): ServerResponse {
  const next = Object.assign(response, {
    status(code: number) {
      response.statusCode = code;
      return next;
    },
    json(body: unknown) {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(body));
    },
    send(body: unknown) {
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    },
  });
  return next;
}

function readCookies({ headers }: IncomingMessage): Record<string, string> {
  const pairs = (headers.cookie ?? '').split('; ').map((each) => {
    const at = each.indexOf('=');
    return [each.slice(0, at), decodeURIComponent(each.slice(at + 1))];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}
