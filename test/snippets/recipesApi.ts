import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The API that the recipes call. */
export const documentedApi = 'https://api.example.com';

/** A real server on loopback, to which the requests for `documentedApi` are sent. */
export interface RecipesApi {
  readonly origin: string;
  readonly server: Server;
  close(): void;
}

/** Starts the API. Until it is closed, `fetch` sends the requests for `documentedApi` to it. */
export async function startRecipesApi(handler: RequestListener): Promise<RecipesApi> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const platformFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const { method, headers, signal } = request;
    const body = method === 'GET' ? null : await request.text();
    const response = await platformFetch(origin + pathname + search, {
      method,
      headers,
      signal,
      body,
    });
    // The address that the page has requested.
    return Object.defineProperty(response, 'url', { value: request.url });
  };
  return {
    origin,
    server,
    close() {
      globalThis.fetch = platformFetch;
      server.closeAllConnections();
      server.close();
    },
  };
}
