import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { InMemoryWebStorage, User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext, SessionError, SessionSource, SourceEvent } from '../../src/index.js';
import { oidcCallback, oidcClient } from '../../src/sources/oidc-client.js';

const now = Date.now();
const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

let server: Server;
let answer: (response: ServerResponse) => void;
let posted: URLSearchParams[];
let userManager: UserManager;
let source: SessionSource;

/** Starts a token endpoint on a real HTTP server, whose answer a test can replace. */
beforeEach(async () => {
  posted = [];
  answer = json(200, {
    access_token: 'access-2',
    refresh_token: 'refresh-2',
    expires_in: 60,
    token_type: 'Bearer',
  });
  server = createServer(async (request, response) => {
    const body = await new Response(request as never).text();
    posted.push(new URLSearchParams(body));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  userManager = createUserManager(authority);
  source = oidcClient(userManager);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function createUserManager(authority: string, settings: object = {}): UserManager {
  const userStore = new WebStorageStateStore({ store: new InMemoryWebStorage() });
  return new UserManager({
    authority,
    client_id: 'app',
    redirect_uri: 'http://app.test/callback',
    metadata: { issuer: authority, token_endpoint: `${authority}/token` },
    automaticSilentRenew: false,
    userStore,
    ...settings,
  });
}

function json(status: number, body: unknown): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

async function signIn(user: Partial<ConstructorParameters<typeof User>[0]> = {}): Promise<void> {
  const claims = {
    sub: 'ada',
    name: 'Ada',
    iss: 'https://op',
    aud: 'app',
    exp: 1,
    iat: 1,
    sid: 's',
  };
  await userManager.storeUser(
    new User({
      access_token: 'access-1',
      refresh_token: 'refresh-1',
      id_token: jwt({ ...claims, auth_time: 1_700_000_000, acr: 'gold' }),
      token_type: 'Bearer',
      scope: 'openid',
      profile: claims,
      expires_at: Math.floor(now / 1_000) + 60,
      ...user,
    } as ConstructorParameters<typeof User>[0]),
  );
}

function context(forceRefresh = false): LoginContext {
  const { signal } = new AbortController();
  const whenQuiet = (work: () => Promise<void>) => work();
  return { signal, forceRefresh, whenQuiet, fetch, now: () => now };
}

const getToken = (forceRefresh = false) => source.getAccessToken?.({}, context(forceRefresh));

/** Refreshes the token, and returns the error. */
async function failRefresh(): Promise<SessionError> {
  const outcome = await getToken(true)?.catch((error: SessionError) => error);
  return outcome as SessionError;
}

describe('misuse', () => {
  it.each([
    ['no UserManager', () => oidcClient(undefined as never), 'needs a UserManager of'],
    [
      'a UserManager that refreshes itself',
      () => oidcClient(createUserManager('http://op.test', { automaticSilentRenew: true })),
      'automaticSilentRenew: false',
    ],
  ])('throws a TypeError: %s', (_name, make, advice) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(advice);
  });
});

describe('the session', () => {
  it('is null if the user store is empty', async () => {
    expect(await source.getSession(context())).toBeNull();
    expect(posted).toEqual([]);
  });

  it('has the user’s claims, without those of the protocol', async () => {
    await signIn();
    expect(await source.getSession(context())).toEqual({
      user: { sub: 'ada', name: 'Ada' },
      authenticatedAt: 1_700_000_000_000,
      acr: 'gold',
    });
  });
});

describe('the access token', () => {
  it('is the stored one while it is valid', async () => {
    await signIn();
    expect(await getToken()).toMatchObject({ value: 'access-1', sub: 'ada', tokenType: 'Bearer' });
    expect(posted).toEqual([]);
  });

  it('is refreshed when forced, and when the stored one has expired', async () => {
    await signIn();
    expect(await getToken(true)).toMatchObject({ value: 'access-2', expiresAt: now + 60_000 });
    expect(posted[0]?.get('refresh_token')).toBe('refresh-1');
    await signIn({ expires_at: Math.floor(now / 1_000) - 1 });
    expect(await getToken()).toMatchObject({ value: 'access-2' });
  });

  it('is rejected without a user, without a refresh token, or for another audience', async () => {
    await expect(getToken()).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
    await signIn({ refresh_token: undefined as never });
    Object.assign(userManager.settings, { silent_redirect_uri: '' });
    await expect(getToken(true)).rejects.toMatchObject({ code: 'ERR_MISSING_REFRESH_TOKEN' });
    await expect(source.getAccessToken?.({ audience: 'api' }, context())).rejects.toMatchObject({
      code: 'ERR_NOT_SUPPORTED',
    });
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['invalid_grant', json(400, { error: 'invalid_grant' }), 'ERR_REFRESH_FAILED'],
    ['invalid_client', json(401, { error: 'invalid_client' }), 'ERR_BAD_RESPONSE'],
    ['temporarily_unavailable', json(503, { error: 'temporarily_unavailable' }), 'ERR_SERVER'],
    ['429', json(429, {}), 'ERR_RATE_LIMITED'],
    ['503', json(503, {}), 'ERR_SERVER'],
    [
      'the HTML of a captive portal',
      (response) => response.end('<html>Pay first</html>'),
      'ERR_BAD_RESPONSE',
    ],
    [
      'broken JSON',
      (response) => response.setHeader('Content-Type', 'application/json').end('{"acc'),
      'ERR_BAD_RESPONSE',
    ],
    ['a closed connection', (response) => response.destroy(), 'ERR_NETWORK'],
  ])(
    'rejects with a SessionError after %s, without a token in it',
    async (_name, answers, code) => {
      await signIn();
      answer = answers;
      const error = await failRefresh();
      expect(error).toMatchObject({ name: 'SessionError', code });
      expect(error.message).toMatch(/\.$/);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/access-|refresh-\d/);
      expect(await source.getSession(context()), 'the session is kept').not.toBeNull();
    },
  );

  it('rejects with ERR_NETWORK if the connection is refused', async () => {
    await signIn();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await failRefresh()).toMatchObject({ code: 'ERR_NETWORK', retryable: true });
  });
});

describe('the end of a session', () => {
  it('drops the tokens of the SDK, so that a reload does not revive it', async () => {
    await signIn();
    await source.clear?.('idle', context());
    expect(await userManager.getUser()).toBeNull();
  });
});

describe('events', () => {
  it('report changes that the app makes through its SDK, not this source’s refreshes', async () => {
    await signIn();
    const events: SourceEvent[] = [];
    const stop = source.subscribe?.((event) => events.push(event));
    await getToken(true);
    expect(events).toEqual([]);
    const user = await userManager.getUser();
    await userManager.events.load(user as User);
    await userManager.removeUser();
    expect(events).toMatchObject([
      { type: 'session', session: { user: { sub: 'ada' } } },
      { type: 'session', session: null },
    ]);
    stop?.();
    await userManager.events.load(user as User);
    expect(events).toHaveLength(2);
  });
});

describe('the callback page', () => {
  const returningTo = (returnTo?: string) =>
    ({
      settings: userManager.settings,
      getUser: async () => null,
      signinCallback: async () => ({ profile: { sub: 'ada' }, state: { returnTo } }),
    }) as never;

  it.each([
    ['/reports?page=2', '/reports?page=2'],
    [undefined, '/'],
  ])('with returnTo %s, navigates to %s', async (returnTo, target) => {
    vi.stubGlobal('location', { search: '?code=1' });
    const navigate = vi.fn();
    await oidcCallback(returningTo(returnTo), { navigate });
    expect(navigate).toHaveBeenCalledWith(target);
    vi.unstubAllGlobals();
  });

  it('never leaves the origin, even if the stored state was changed', async () => {
    vi.stubGlobal('location', { search: '?code=1' });
    for (const returnTo of ['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:1']) {
      const navigate = vi.fn();
      await expect(oidcCallback(returningTo(returnTo), { navigate })).rejects.toThrow('returnTo');
      expect(navigate).not.toHaveBeenCalled();
    }
    vi.unstubAllGlobals();
  });
});

it('two apps of one origin have different names, so that they do not share their sign-ins', () => {
  const named = (settings: object): string =>
    oidcClient(
      new UserManager({
        authority: 'https://op.test',
        client_id: 'one',
        redirect_uri: 'http://app.test/callback',
        automaticSilentRenew: false,
        ...settings,
      }),
    ).name;
  const names = [{}, { client_id: 'two' }, { authority: 'https://other.test' }].map(named);
  expect(new Set(names).size).toBe(3);
  expect(named({})).toBe(names[0]);
});
