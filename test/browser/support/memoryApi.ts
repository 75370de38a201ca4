import type { IncomingMessage, ServerResponse } from 'node:http';

/** A server whose users are known by their refresh token alone, which is sent in the body and used once. */
export interface MemoryApi {
  /** The number of refresh tokens that were used twice. */
  readonly reused: number;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Short, so that a test sees a renewal (s). */
const expiresIn = 3;

export function createMemoryApi(): MemoryApi {
  let reused = 0;
  const current = new Set<string>();
  const accessTokens = new Map<string, string>();
  let serial = 0;

  function grant(audience: string): object {
    const number = ++serial;
    const [refreshToken, accessToken] = [`refresh-${number}`, `access-${number}`];
    current.add(refreshToken);
    accessTokens.set(accessToken, audience);
    return { refreshToken, accessToken, expiresIn };
  }

  function refresh(body: string): object | null {
    const { refreshToken, audience } = JSON.parse(body) as Record<string, string>;
    if (!current.delete(refreshToken ?? '')) {
      reused++;
      return null;
    }
    return grant(audience ?? '');
  }

  function answer(
    path: string,
    audience: string,
    authorization: string,
    body: string,
  ): object | null {
    if (path === '/api/sign-in') return grant('');
    if (path === '/api/token') return refresh(body);
    const isAllowed = accessTokens.get(authorization.replace('Bearer ', '')) === audience;
    return isAllowed ? { notes: [] } : null;
  }

  return {
    get reused() {
      return reused;
    },
    async handle(request, response) {
      response.setHeader('Access-Control-Allow-Headers', 'Authorization');
      if (request.method === 'OPTIONS') return void response.writeHead(204).end();
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { authorization = '' } = request.headers;
      const audience = searchParams.get('audience') ?? '';
      const result = answer(pathname, audience, authorization, Buffer.concat(chunks).toString());
      response.writeHead(result ? 200 : 401, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(result));
    },
  };
}
