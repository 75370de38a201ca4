import { Auth0Client, type Auth0ClientOptions } from '@auth0/auth0-spa-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext } from '../../src/index.js';
import { auth0Spa } from '../../src/sources/auth0-spa.js';
import { type Auth0Provider, startAuth0Provider } from '../browser/sources/auth0Provider.ts';
import { appOrigin, openAuth0Page } from './auth0SpaPage.ts';
import { signInAda } from './auth0SpaUser.ts';

// The real SDK, with a real OpenID provider at Auth0's paths.

let provider: Auth0Provider;
let client: Auth0Client;
let now: number;

beforeAll(async () => {
  provider = await startAuth0Provider({ app: appOrigin, accessTokenTtl: 600 });
});
afterAll(() => provider.stop());

beforeEach(() => {
  now = Date.now();
  provider.setSessionCeiling(null);
  openAuth0Page();
  client = createClient();
});
afterEach(() => void vi.unstubAllGlobals());

function createClient(options: Partial<Auth0ClientOptions> = {}): Auth0Client {
  return new Auth0Client({
    domain: provider.domain,
    clientId: provider.clientId,
    useRefreshTokens: true,
    authorizationParams: { redirect_uri: appOrigin },
    nowProvider: () => now,
    ...options,
  });
}

const context = (options: Partial<LoginContext> = {}): LoginContext => ({
  signal: new AbortController().signal,
  forceRefresh: false,
  fetch,
  now: () => now,
  whenQuiet: (work) => work(),
  ...options,
});

const token = (forceRefresh: boolean) =>
  auth0Spa(client).getAccessToken?.({}, context({ forceRefresh }));

describe('auth0Spa', () => {
  it('states the user without the claims of the ID token', async () => {
    await signInAda(client);
    const session = await auth0Spa(client).getSession(context());
    const user = { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' };
    expect(session).toEqual({ user });
  });

  it('states when the user has authenticated, for a client with max_age', async () => {
    client = createClient({ authorizationParams: { redirect_uri: appOrigin, max_age: 86_400 } });
    await signInAda(client);
    const session = await auth0Spa(client).getSession(context());
    expect(session?.authenticatedAt).toBeGreaterThan(Date.now() - 10_000);
  });

  it('asks for a new sign-in when the authentication is older than max_age', async () => {
    client = createClient({ authorizationParams: { redirect_uri: appOrigin, max_age: 300 } });
    await signInAda(client);
    now += 400_000;
    await expect(token(true)).rejects.toMatchObject({ code: 'ERR_LOGIN_REQUIRED' });
  });

  it('reads the expiry of a cached token from the token, because its expires_in is the original one', async () => {
    await signInAda(client);
    const fresh = await token(true);
    now += 200_000;
    const cached = await token(false);
    expect([cached?.value, cached?.expiresAt]).toEqual([fresh?.value, fresh?.expiresAt]);
    expect((cached?.expiresAt ?? 0) - now).toBeLessThan(401_000);
  });

  it('requests a new token instead of an opaque one from the cache, whose expiry is not known', async () => {
    await signInAda(client);
    const opaque = { access_token: 'opaque', id_token: '', expires_in: 600, token_type: 'Bearer' };
    const request = vi.spyOn(client, 'getTokenSilently') as unknown as ReturnType<typeof vi.fn>;
    request.mockResolvedValue(opaque);
    expect(await token(false)).toMatchObject({ value: 'opaque', expiresAt: now + 600_000 });
    expect(request.mock.calls.map(([options]) => options.cacheMode)).toEqual(['cache-only', 'off']);
  });

  it('sends the audience and the scope of a token', async () => {
    const request = vi.spyOn(client, 'getTokenSilently').mockResolvedValue(undefined as never);
    const selection = { audience: 'https://notes.example', scope: 'notes:read' };
    const answer = auth0Spa(client).getAccessToken?.(selection, context());
    await expect(answer).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
    expect(request).toHaveBeenLastCalledWith(
      expect.objectContaining({ authorizationParams: selection }),
    );
  });

  it('ends the session 30 s before session_expiry, as the SDK does', async () => {
    provider.setSessionCeiling(120);
    await signInAda(client);
    const session = await auth0Spa(client).getSession(context());
    expect(((session?.expiresAt ?? 0) - Date.now()) / 1_000).toBeCloseTo(90, -1);
    expect(session?.user).not.toHaveProperty('session_expiry');
    now += 91_000;
    expect(await auth0Spa(client).getSession(context())).toBeNull();
  });

  it('rejects a token request past session_expiry with ERR_EXPIRED_SESSION', async () => {
    provider.setSessionCeiling(120);
    await signInAda(client);
    now += 91_000;
    await expect(token(true)).rejects.toMatchObject({ code: 'ERR_EXPIRED_SESSION' });
  });

  it('asks Auth0 for the session after a reload, but not after a sign-out', async () => {
    await signInAda(client);
    client = createClient();
    const request = vi.spyOn(client, 'getTokenSilently');
    expect(await auth0Spa(client).getSession(context())).toBeNull();
    expect(request).toHaveBeenCalledTimes(1);
    await auth0Spa(client).clear?.('idle', context());
    expect(await auth0Spa(client).getSession(context())).toBeNull();
    expect(request).toHaveBeenCalledTimes(1);
  });

  it('does not take an unreachable provider for no session after a reload', async () => {
    await signInAda(client);
    client = createClient();
    vi.spyOn(client, 'getTokenSilently').mockRejectedValue(new TypeError('Failed to fetch'));
    const answer = auth0Spa(client).getSession(context());
    await expect(answer).rejects.toMatchObject({ code: 'ERR_NETWORK' });
  });

  it('refuses a promise of a client', () => {
    expect(() => auth0Spa(Promise.resolve(client) as never)).toThrow(TypeError);
  });
});
