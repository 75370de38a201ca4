import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

/** The API of docs/api-calls.md: it refuses the first token that it receives. */
const received: (string | undefined)[] = [];
const server = createServer((request, response) => {
  const { authorization } = request.headers;
  received.push(authorization);
  response.writeHead(authorization === received[0] ? 401 : 200).end('notes');
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it('the axios client replaces a refused token once for all calls, and repeats them', async () => {
  const { http } = await import('snippet:docs/api-calls.md#3');
  const calls = [1, 2, 3].map(() => http.get(`${origin}/notes`));
  const answers = await Promise.all(calls);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(received).size).toBe(2);
});

it('a call with another client carries a valid token', async () => {
  const send = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('reports'));
  const { getReports } = await import('snippet:docs/api-calls.md#2');
  await getReports();
  const headers = new Headers(send.mock.calls[0]?.[1]?.headers);
  expect(headers.get('Authorization')).toMatch(/^Bearer .+/);
  send.mockRestore();
});

it('a token for an audience and a scope is another one', async () => {
  const { client } = await import('snippet:docs/api-calls.md#src/api.ts');
  const { token } = await import('snippet:docs/api-calls.md#4');
  expect(token).not.toBe(await client.getAccessToken());
});
