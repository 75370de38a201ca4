import { describe, expect, it } from 'vitest';
import { customSource } from '../../src/sources/custom.js';
import { expectOk } from '../../src/sources/http.js';

describe('expectOk', () => {
  it.each([
    ['204 without a body', new Response(null, { status: 204 })],
    ['200 with HTML', new Response('<html>', { status: 200 })],
    ['201 with JSON', Response.json({ ok: true }, { status: 201 })],
  ])('accepts %s, because only the status counts', async (_what, response) => {
    await expect(expectOk(response)).resolves.toBeUndefined();
  });

  it.each([
    [500, null, 'ERR_SERVER'],
    [429, null, 'ERR_RATE_LIMITED'],
    [403, '<html>', 'ERR_BAD_RESPONSE'],
    [400, '{"error":"invalid_grant"}', 'ERR_REFRESH_FAILED'],
  ])('rejects %d with the body %s', async (status, body, code) => {
    const answer = expectOk(new Response(body, { status }));
    await expect(answer).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining('is repeated'),
    });
  });
});

describe('customSource', () => {
  it('keeps every property of a source', () => {
    const getSession = async () => null;
    const source = customSource({
      name: 'mine',
      readingExtends: true,
      storageDelay: '1s',
      getSession,
    });
    expect(source).toMatchObject({ name: 'mine', readingExtends: true, storageDelay: '1s' });
  });
});
