import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { customSource } from '../../src/sources/custom.js';
import {
  expectOk,
  httpError,
  oauthError,
  readJson,
  readJsonOrNull,
  readJwtClaims,
  readJwtDates,
  readRetryAfter,
  toMs,
} from '../../src/sources/helpers.js';

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

describe('readJsonOrNull', () => {
  it.each([
    ['null', new Response('null')],
    ['204', new Response(null, { status: 204 })],
    ['401 without a body', new Response(null, { status: 401 })],
    ['401 with text, as Express sends it', new Response('Unauthorized', { status: 401 })],
    [
      '401 with JSON and a challenge for a token',
      Response.json(
        { detail: 'Not signed in.' },
        { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
      ),
    ],
  ])('takes %s for no session', async (_what, response) => {
    expect(await readJsonOrNull(response)).toBeNull();
  });

  it.each([
    ['401 with the HTML of a gateway', new Response(' <html>', { status: 401 })],
    [
      '401 with a challenge for a password',
      new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="proxy"' } }),
    ],
    ['403', new Response(null, { status: 403 })],
    ['500', new Response('null', { status: 500 })],
    ['200 with HTML', new Response('<html>null</html>')],
    ['200 without a body', new Response('')],
  ])('takes %s for a failure', async (_what, response) => {
    await expect(readJsonOrNull(response)).rejects.toMatchObject({ retryable: true });
  });

  it('reads the object of any other answer', async () => {
    expect(await readJsonOrNull(Response.json({ sub: 'ada' }))).toEqual({ sub: 'ada' });
    await expect(readJson(new Response('null'))).rejects.toThrow();
  });
});

describe('the errors', () => {
  it('have the code for a status, and Retry-After in ms', () => {
    const headers = new Headers({ 'Retry-After': '3' });
    expect(httpError(429, readRetryAfter(headers))).toMatchObject({
      code: 'ERR_RATE_LIMITED',
      retryAfter: 3_000,
    });
    expect(httpError(404).code).toBe('ERR_BAD_RESPONSE');
  });

  it('have the code for an OAuth error', () => {
    expect(oauthError('login_required').code).toBe('ERR_LOGIN_REQUIRED');
    expect(oauthError('invalid_client').code).toBe('ERR_BAD_RESPONSE');
  });
});

it('a duration is read in ms', () => {
  expect([toMs('5m', 'maxAge'), toMs(20, 'maxAge')]).toEqual([300_000, 20]);
  expect(() => toMs('soon' as never, 'maxAge')).toThrow('maxAge is "soon"');
});

it('the claims of a JWT are read, and none of an opaque token', () => {
  const token = `e30.${btoa('{"sub":"ada","exp":2000000000}')}.`;
  expect(readJwtClaims(token)).toEqual({ sub: 'ada', exp: 2_000_000_000 });
  expect(readJwtDates(token)).toEqual({ expiresAt: 2_000_000_000_000 });
  expect([readJwtClaims('opaque'), readJwtDates('opaque')]).toEqual([{}, {}]);
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

describe('the entry points', () => {
  const read = (path: string): string =>
    readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, unknown> };
  const names = Object.keys(exports);

  it('are listed by name, so that no internal file can be imported', () => {
    expect(names.filter((name) => name.includes('*'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('./sources/'))).toEqual([
      './sources/auth-js',
      './sources/auth-js-server',
      './sources/auth0-spa',
      './sources/better-auth',
      './sources/cookie-session',
      './sources/custom',
      './sources/helpers',
      './sources/nextjs-auth0',
      './sources/nextjs-auth0-server',
      './sources/oidc-client',
    ]);
  });

  it('of the sources exist, and resolve to the source in the tests', () => {
    const paths = JSON.parse(read('tsconfig.json')).compilerOptions.paths;
    for (const name of names.filter((each) => each.startsWith('./sources/'))) {
      const file = `./src/${name.slice(2)}.ts`;
      expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true);
      expect(paths[`session-clock/${name.slice(2)}`]).toEqual([file]);
    }
  });
});
