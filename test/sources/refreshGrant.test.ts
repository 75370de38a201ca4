import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RefreshGrantOptions, refreshGrant } from '../../src/sources/auth-js-server.js';

const tokenEndpoint = 'https://op.test/token';
const granted = { access_token: 'a1', expires_in: 60 };

function answerWith(response: () => Response) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => response());
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('refreshGrant', () => {
  it.each<[string, Partial<RefreshGrantOptions>, string | undefined, Record<string, string>]>([
    ['a public client', {}, undefined, { client_id: 'app' }],
    ['a secret', { clientSecret: 'a:b' }, `Basic ${btoa('app:a%3Ab')}`, {}],
    [
      'a secret in the body',
      { clientSecret: 's', authentication: 'client_secret_post' },
      undefined,
      { client_id: 'app', client_secret: 's' },
    ],
  ])('sends the refresh token with %s', async (_name, options, authorization, fields) => {
    const fetch = answerWith(() => Response.json(granted));
    const refresh = refreshGrant({ tokenEndpoint, clientId: 'app', ...options });
    expect(await refresh('r0')).toEqual(granted);
    const [url, { headers, body }] = fetch.mock.lastCall ?? ['', {}];
    expect(url).toBe(tokenEndpoint);
    expect(new Headers(headers).get('Authorization')).toBe(authorization ?? null);
    const sent = Object.fromEntries(body as URLSearchParams);
    expect(sent).toEqual({ grant_type: 'refresh_token', refresh_token: 'r0', ...fields });
  });

  it.each([
    [
      'a refusal',
      () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
      'invalid_grant',
    ],
    ['429', () => Response.json({ error: 'invalid_grant' }, { status: 429 }), undefined],
    ['503', () => Response.json({ error: 'invalid_grant' }, { status: 503 }), undefined],
    ['HTML', () => new Response('<html>'), undefined],
    ['no token', () => Response.json({}), undefined],
  ])('rejects after %s', async (_name, answer, error) => {
    answerWith(answer);
    const failure = await refreshGrant({ tokenEndpoint, clientId: 'app' })('secret-r0').catch(
      (thrown) => thrown,
    );
    expect(failure).toBeInstanceOf(Error);
    expect(failure.error).toBe(error);
    expect(String(failure)).not.toContain('secret');
  });
});
