import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** A server with a cookie session and access tokens, for the recipes that need a browser. */
export class RecipesServer {
  hasSession = true;
  /** The open event streams. */
  readonly streams: Set<ServerResponse> = new Set();
  /** The tokens with which the photo was requested, oldest first. */
  readonly photoTokens: (string | undefined)[] = [];
  /** The tokens that were issued. */
  readonly tokens: string[] = [];

  /** Answers a request of the app's own origin; `false`: it is not one of the session. */
  answer({ url = '', method }: IncomingMessage, response: ServerResponse): boolean {
    const path = url.split('?')[0];
    if (path === '/api/login' && method === 'POST') this.hasSession = true;
    else if (!path?.startsWith('/api/')) return false;
    else if (!this.hasSession) return !!response.writeHead(401).end();
    if (path === '/api/events') this.#openStream(response);
    else if (path === '/api/token') response.end(JSON.stringify({ token: this.#newToken() }));
    else response.end(JSON.stringify({ sub: 'ada' }));
    return true;
  }

  /** The API of another origin. It refuses the first token that it receives. */
  readonly photo: RequestListener = ({ headers, method }, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization');
    if (method === 'OPTIONS') return void response.writeHead(204).end();
    const token = headers.authorization?.replace('Bearer ', '');
    this.photoTokens.push(token);
    if (token === undefined || token === this.photoTokens[0]) {
      return void response.writeHead(401).end();
    }
    response.setHeader('Content-Type', 'image/svg+xml');
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>');
  };

  /** Ends the session, and with it the open streams. */
  endSession(): void {
    this.hasSession = false;
    for (const stream of this.streams) stream.end();
  }

  #openStream(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    // After the end of a stream, the browser waits this long (ms).
    response.write('retry: 10\ndata: hello\n\n');
    this.streams.add(response);
    response.once('close', () => this.streams.delete(response));
  }

  #newToken(): string {
    const token = `secret-token-${this.tokens.length}`;
    this.tokens.push(token);
    return token;
  }
}
