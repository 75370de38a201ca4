import type { SessionSource, SourceContext, SourceEvent } from '../../src/index.js';
import { expectOk, readJson, readJsonOrNull } from '../../src/sources/helpers.js';
import type { Situation, SourceScene } from '../../src/testing/index.js';

/** The server of a source in memory, which behaves as its situation says. */
export class MemoryServer {
  readonly secrets: string[] = [];
  readonly listeners: Set<(event: SourceEvent) => void> = new Set();
  situation: Situation = 'signed in';

  readonly fetch = async (
    input: RequestInfo | URL,
    { signal }: RequestInit = {},
  ): Promise<Response> => {
    switch (this.situation) {
      case 'unreachable':
        throw new TypeError('Failed to fetch');
      case 'hanging':
        return aborted(signal);
      case 'HTTP 429':
        return new Response(null, { status: 429 });
      case 'HTTP 500 with HTML':
        return new Response('<html>', { status: 500 });
      case 'HTML':
        return new Response('<html>');
      case 'an empty body':
        return new Response('');
      case 'a body of 5 MB':
        return Response.json({ filler: 'x'.repeat(5_000_000) });
      default:
        return this.#answer(new URL(String(input), 'http://app.test').pathname);
    }
  };

  setSituation(situation: Situation): void {
    this.situation = situation;
    if (situation !== 'signed out') return;
    for (const report of this.listeners) report({ type: 'session', session: null });
  }

  #answer(path: string): Response {
    const isWrong = this.situation === 'wrong types';
    if (path === '/logout') this.setSituation('signed out');
    if (path === '/logout' || path === '/touch') return new Response(null, { status: 204 });
    if (this.situation === 'signed out') return new Response(null, { status: 401 });
    if (path === '/me') return Response.json({ sub: isWrong ? 7 : 'ada' });
    if (this.situation === 'refused') {
      return Response.json({ error: 'invalid_grant' }, { status: 400 });
    }
    const token = `secret-${this.secrets.length}-${Math.random()}`;
    this.secrets.push(token);
    return Response.json({ token: isWrong ? 7 : token, expires_in: lifetime(this.situation) });
  }

  scene(source: SessionSource): SourceScene {
    return {
      source,
      setSituation: (situation) => this.setSituation(situation),
      secrets: () => this.secrets,
      close: () => {},
    };
  }
}

/** The lifetime of a token (s). */
function lifetime(situation: Situation): number {
  if (situation === 'an expiry in the year 3000') return 30_000_000_000;
  return situation === 'a negative expiry' ? -60 : 60;
}

function aborted(signal?: AbortSignal | null): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

/** A source that follows every rule. */
export function goodSource(
  server: MemoryServer,
): Required<Omit<SessionSource, 'readingExtends' | 'storageDelay'>> {
  const getSession = async ({ fetch, signal }: SourceContext) => {
    const answer = await readJsonOrNull(await fetch('/me', { signal }));
    return answer && { user: { sub: answer['sub'] as string } };
  };
  const signOut = async ({ fetch, signal }: SourceContext) =>
    expectOk(await fetch('/logout', { method: 'POST', signal }));
  return {
    name: 'good',
    getSession,
    async getAccessToken({ audience = '', scope = '' }, { fetch, now, signal }) {
      const body = new URLSearchParams({ audience, scope });
      const answer = await readJson(await fetch('/token', { method: 'POST', body, signal }));
      const expiresAt = now() + (answer['expires_in'] as number) * 1_000;
      return { value: answer['token'] as string, expiresAt };
    },
    login: (_request, { signal }) => aborted(signal),
    logout: (_request, context) => signOut(context),
    async extend(context) {
      await expectOk(await context.fetch('/touch', { method: 'POST', signal: context.signal }));
      return getSession(context);
    },
    clear: (_reason, context) => signOut(context),
    subscribe(onEvent) {
      server.listeners.add(onEvent);
      return () => void server.listeners.delete(onEvent);
    },
  };
}
