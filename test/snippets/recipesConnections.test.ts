import { createRequire } from 'node:module';
import type { EventSourceMessage } from 'eventsource-parser';
import type { Client } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { SessionClient } from 'session-clock';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { documentedApi, type RecipesApi, startRecipesApi } from './recipesApi.ts';

/** The copy that graphql-ws uses: Node gives it the CommonJS one, and Vitest would give this test the other. */
const { buildSchema } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

let client: SessionClient;
let api: RecipesApi;

beforeAll(async () => {
  ({ client } = await import('snippet:docs/api-calls.md#src/api.ts'));
  client.start();
});
beforeEach(() => client.login());
afterEach(() => api.close());

describe('docs/recipes-connections.md: server-sent events with a token', () => {
  const requests: { token: string | undefined; lastId: string | undefined }[] = [];

  beforeEach(async () => {
    requests.length = 0;
    // Each stream has one event, and ends: its token has expired.
    api = await startRecipesApi(({ headers }, response) => {
      requests.push({ token: headers.authorization, lastId: headers['last-event-id'] as string });
      response.setHeader('Content-Type', 'text/event-stream');
      response.end(`id: ${requests.length}\ndata: note ${requests.length}\n\n`);
    });
  });

  it('opens the stream again with a valid token, after the last event', async () => {
    const { readEvents } = await import('snippet:docs/recipes-connections.md#src/readEvents.ts');
    const stop = new AbortController();
    const received: string[] = [];
    const onEvent = ({ data }: EventSourceMessage): void => {
      if (received.push(data) === 1) void client.refresh();
      else stop.abort();
    };
    await readEvents(`${documentedApi}/events`, onEvent, stop.signal);
    expect(received).toEqual(['note 1', 'note 2']);
    expect(requests.map(({ lastId }) => lastId)).toEqual([undefined, '1']);
    expect(requests[1]?.token).toMatch(/^Bearer /);
    expect(requests[1]?.token).not.toBe(requests[0]?.token);
  });

  it('rejects with the SessionError if no user is signed in', async () => {
    const { readEvents } = await import('snippet:docs/recipes-connections.md#src/readEvents.ts');
    await client.logout();
    const reading = readEvents(`${documentedApi}/events`, vi.fn(), new AbortController().signal);
    await expect(reading).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
    expect(requests).toEqual([]);
  });
});

describe('docs/recipes-connections.md: graphql-ws', () => {
  const schema = buildSchema('type Query { a: Int } type Subscription { notes: String! }');
  /** What the `connectionParams` of each connection contain, oldest first. */
  const connections: unknown[] = [];
  const sockets: WebSocket[] = [];
  let subscriptions: Client;
  let stop: () => unknown;
  /** Resolves with the error of the subscription, or `null`. */
  let ended: Promise<unknown>;

  beforeEach(async () => {
    // The shortest delay before a new connection.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    connections.length = 0;
    sockets.length = 0;
    api = await startRecipesApi((_request, response) => response.writeHead(404).end());
    const server = new WebSocketServer({ server: api.server });
    server.on('connection', (socket: WebSocket) => sockets.push(socket));
    const onConnect = ({ connectionParams }: { readonly connectionParams?: unknown }): void => {
      connections.push(connectionParams);
    };
    // A note, and then nothing until the socket is closed.
    async function* notes(): AsyncGenerator<{ notes: string }> {
      yield { notes: `note ${connections.length}` };
      await new Promise(() => {});
    }
    stop = useServer({ schema, onConnect, roots: { subscription: { notes } } }, server).dispose;
    // The recipe keeps this class, and each test has another server.
    vi.stubGlobal(
      'WebSocket',
      class extends WebSocket {
        constructor(url: string, protocols: string) {
          const address = api.origin.replace('http:', 'ws:');
          super(url.replace('wss://api.example.com', address), protocols);
        }
      },
    );
    ({ subscriptions } = await import('snippet:docs/recipes-connections.md#5'));
  });
  afterEach(async () => {
    await client.logout();
    await ended;
    await stop();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  /** Subscribes, and resolves when the first note has arrived, with all notes. */
  async function subscribe(): Promise<string[]> {
    const received: string[] = [];
    ended = new Promise((resolve) => {
      const next = ({ data }: { data?: { notes: string } | null }): void => {
        received.push(data?.notes ?? '');
      };
      const sink = { next, error: resolve, complete: () => resolve(null) };
      subscriptions.subscribe<{ notes: string }>({ query: 'subscription { notes }' }, sink);
    });
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 10_000 });
    return received;
  }

  it('connects again with a new token after the server has refused the old one', async () => {
    const received = await subscribe();
    sockets[0]?.close(4403, 'Forbidden');
    await vi.waitFor(() => expect(received).toEqual(['note 1', 'note 2']), { timeout: 10_000 });
    expect(connections[1]).toEqual({ authorization: expect.stringMatching(/^Bearer /) });
    expect(connections[1]).not.toEqual(connections[0]);
  });

  it('closes the socket when the session ends, and subscribes again after the sign-in', async () => {
    const removePrompt = client.addLoginPrompt();
    const received = await subscribe();
    const closed = new Promise((resolve) => sockets[0]?.once('close', resolve));
    client.notifyRevoked();
    expect(await closed).toBe(4499);
    await client.login();
    await vi.waitFor(() => expect(received).toEqual(['note 1', 'note 2']), { timeout: 10_000 });
    removePrompt();
  });

  it('ends the subscription with the SessionError after a sign-out', async () => {
    await subscribe();
    await client.logout();
    expect(await ended).toMatchObject({ code: 'ERR_MISSING_SESSION' });
    expect(connections).toHaveLength(1);
  });
});
