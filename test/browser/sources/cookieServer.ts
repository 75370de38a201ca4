import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readFields } from './readFields.ts';

/** How `/api/me` says that there is no session. */
export type SignedOutAnswer = '401' | '403' | '204' | 'null' | 'a redirect to the sign-in page';

interface ServerSession {
  sub: string;
  startedAt: number;
  endsAt: number;
}

/** A server that keeps the session in a cookie, and expects the token of another cookie with each POST. */
export class CookieServer {
  /** In ms, from the sign-in and from each `/api/keep-alive`. */
  lifetime = 3_600_000;
  signedOutAnswer: SignedOutAnswer = '401';
  /** The status for a POST with a wrong token against CSRF. */
  refusal = 403;
  /** The methods and paths of all requests so far. */
  readonly requests: string[] = [];
  /** When a session was extended (epoch ms). */
  readonly extensions: number[] = [];
  /** How many requests were refused for a wrong token against CSRF. */
  refusals = 0;
  readonly #sessions = new Map<string, ServerSession>();

  /** Revokes all sessions. */
  endSessions(): void {
    this.#sessions.clear();
  }

  get hasSession(): boolean {
    return this.#sessions.size > 0;
  }

  count(request: string): number {
    return this.requests.filter((each) => each === request).length;
  }

  readonly handle: RequestListener = async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const pathname = path.replace(/\/$/, '');
    const { method } = request;
    this.requests.push(`${method} ${pathname}`);
    if (pathname === '/login' && method === 'GET') return sendForm(response, searchParams);
    if (pathname === '/login') return this.#signIn(response, await readFields(request));
    if (method === 'POST' && !hasToken(request)) {
      this.refusals++;
      return void response.writeHead(this.refusal).end();
    }
    const id = readCookies(request)['session'] ?? '';
    const session = this.#sessions.get(id);
    if (!session || session.endsAt <= Date.now()) return this.#refuse(response);
    if (pathname === '/logout') this.#sessions.delete(id);
    if (pathname === '/api/keep-alive') this.#extend(session);
    if (pathname === '/api/me') return sendJson(response, session);
    response.writeHead(204).end();
  };

  #signIn(response: ServerResponse, { sub = '', next = '/' }: Record<string, string>): void {
    const id = randomUUID();
    const startedAt = Date.now();
    this.#sessions.set(id, { sub, startedAt, endsAt: startedAt + this.lifetime });
    const cookies = [`session=${id}; Path=/; HttpOnly`, `csrftoken=${randomUUID()}; Path=/`];
    response.writeHead(303, { 'Set-Cookie': cookies, Location: next }).end();
  }

  #extend(session: ServerSession): void {
    this.extensions.push(Date.now());
    session.endsAt = Date.now() + this.lifetime;
  }

  #refuse(response: ServerResponse): void {
    // A new token, as many frameworks send it with each answer.
    response.setHeader('Set-Cookie', `csrftoken=${randomUUID()}; Path=/`);
    const answer = this.signedOutAnswer;
    if (answer === 'null') return sendJson(response, null);
    if (answer === 'a redirect to the sign-in page') {
      return void response.writeHead(302, { Location: '/login/?next=%2Fapi%2Fme' }).end();
    }
    response.writeHead(Number(answer), { 'Content-Type': 'application/json' });
    response.end(answer === '204' ? undefined : '{"detail":"Credentials were not provided."}');
  }
}

function sendForm(response: ServerResponse, searchParams: URLSearchParams): void {
  const next = searchParams.get('next') ?? '/';
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Sign in</title>
<form method="post" action="/login"><input type="hidden" name="next" value="${encodeURI(next)}">
<button name="sub" value="ada">Continue as Ada</button></form>`);
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function hasToken(request: IncomingMessage): boolean {
  const token = request.headers['x-csrftoken'];
  return token !== undefined && token === readCookies(request)['csrftoken'];
}

function readCookies({ headers }: IncomingMessage): Record<string, string> {
  const pairs = (headers.cookie ?? '').split('; ').map((each) => each.split('='));
  return Object.fromEntries(pairs) as Record<string, string>;
}
