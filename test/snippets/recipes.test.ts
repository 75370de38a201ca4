import { buildSchema, graphql as execute } from 'graphql';
import type { SessionClient } from 'session-clock';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RecipesApi, startRecipesApi } from './recipesApi.ts';

const schema = buildSchema('type Query { notes: [String!]! }');

let api: RecipesApi;
/** The `Authorization` header of each request, oldest first. */
let received: (string | undefined)[];
/** The token that the API refuses. */
let refused: string | undefined;
let client: SessionClient;

beforeAll(async () => {
  ({ client } = await import('snippet:docs/api-calls.md#src/api.ts'));
  client.start();
});

beforeEach(async () => {
  received = [];
  refused = undefined;
  await client.login();
  api = await startRecipesApi(async (request, response) => {
    const { authorization } = request.headers;
    received.push(authorization);
    const isRefused = authorization === refused;
    if (request.url !== '/graphql') {
      const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
      return void response
        .writeHead(isRefused ? 401 : 200, isRefused ? challenge : {})
        .end('["a"]');
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query } = JSON.parse(Buffer.concat(chunks).toString());
    const errors = [{ message: 'Refused.', extensions: { code: 'UNAUTHENTICATED' } }];
    const answer = isRefused
      ? { errors }
      : await execute({ schema, source: query, rootValue: { notes: ['a'] } });
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
});
afterEach(() => api.close());

describe('docs/recipes.md: ky', () => {
  it('sends the token, and repeats a call whose token was refused', async () => {
    const { api: http } = await import('snippet:docs/recipes.md#5');
    refused = `Bearer ${await client.getAccessToken()}`;
    expect(await http.get('notes').json()).toEqual(['a']);
    expect(received).toEqual([refused, expect.stringMatching(/^Bearer /)]);
  });

  it('rejects a call without a session with the SessionError, and sends nothing', async () => {
    const { api: http } = await import('snippet:docs/recipes.md#5');
    await client.logout();
    await expect(http.get('notes')).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
    expect(received).toEqual([]);
  });

  it('holds a call while the user signs in again, for longer than the 10 seconds of ky', async () => {
    const { api: http } = await import('snippet:docs/recipes.md#5');
    const removePrompt = client.addLoginPrompt();
    client.notifyRevoked();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const call = http.get('notes').json();
    const settled = vi.fn();
    call.then(settled, settled);
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(settled).not.toHaveBeenCalled();
    await client.login();
    expect(await call).toEqual(['a']);
    removePrompt();
  });
});

describe('docs/recipes.md: graphql-request', () => {
  it('refreshes the token once after an answer with UNAUTHENTICATED, and repeats the request', async () => {
    const { graphql } = await import('snippet:docs/recipes.md#6');
    refused = `Bearer ${await client.getAccessToken()}`;
    expect(await graphql.request('{ notes }')).toEqual({ notes: ['a'] });
    expect(received).toEqual([refused, expect.stringMatching(/^Bearer /)]);
    expect(received[1]).not.toBe(refused);
  });

  it('returns an error of the query unchanged, after one request', async () => {
    const { graphql } = await import('snippet:docs/recipes.md#6');
    await expect(graphql.request('{ unknown }')).rejects.toThrow('Cannot query field');
    expect(received).toHaveLength(1);
  });
});
