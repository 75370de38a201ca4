import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Situation } from 'session-clock/testing';
import { respond } from './respond';

/** A server that a test controls, for the source of docs/own-source.md. */
export interface FakeServer {
  readonly issuedTokens: string[];
  setSituation(situation: Situation): void;
  close(): void;
}

/** The events of the server in the page: it reports when the session has ended. */
const streams = new Set<FakeEventSource>();

class FakeEventSource {
  onmessage: (() => void) | null = null;

  constructor() {
    streams.add(this);
  }

  close(): void {
    streams.delete(this);
  }
}

/** Starts the server, and lets `fetch` send requests for paths to it. Node has no page with an origin. */
export async function startMyFakeServer(): Promise<FakeServer> {
  const issuedTokens: string[] = [];
  let situation: Situation = 'signed in';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    respond(response, situation, () => {
      if (pathname === '/api/logout') situation = 'signed out';
      return answer(pathname, situation, issuedTokens);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const platformFetch = globalThis.fetch;
  Object.assign(globalThis, { EventSource: FakeEventSource });
  globalThis.fetch = (input, init) => platformFetch(new URL(String(input), origin), init);
  return {
    issuedTokens,
    setSituation: (next) => {
      situation = next;
      if (next === 'signed out') for (const stream of streams) stream.onmessage?.();
    },
    close: () => {
      globalThis.fetch = platformFetch;
      streams.clear();
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(
  path: string,
  situation: Situation,
  issuedTokens: string[],
): readonly [status: number, body?: unknown] {
  if (path === '/api/logout' || path === '/api/touch') return [204];
  if (situation === 'signed out') return [401];
  const isWrong = situation === 'wrong types';
  if (path === '/api/me') return [200, me(isWrong)];
  if (path !== '/api/token') return [404];
  if (situation === 'refused') return [400, { error: 'invalid_grant' }];
  const token = `token-${issuedTokens.length}-${Math.random().toString(36).slice(2)}`;
  issuedTokens.push(token);
  return [200, { token: isWrong ? 7 : token, sub: 'ada', expires_in: lifetime(situation) }];
}

function me(isWrong: boolean): unknown {
  const now = Math.floor(Date.now() / 1_000);
  return { sub: isWrong ? 7 : 'ada', name: 'Ada', begins: now - 60, ends: now + 3_600 };
}

/** The lifetime of a token (s). */
function lifetime(situation: Situation): number {
  if (situation === 'an expiry in the year 3000') return 30_000_000_000;
  return situation === 'a negative expiry' ? -60 : 60;
}
