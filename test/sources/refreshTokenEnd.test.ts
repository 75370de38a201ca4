import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InMemoryWebStorage, User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createSessionClient,
  hybrid,
  type SourceContext,
  type SourceEvent,
} from '../../src/index.js';
import { oidcClient } from '../../src/sources/oidc-client.js';

const seconds = (): number => Math.floor(Date.now() / 1_000);
const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

/** As Keycloak issues them: `exp` is the end of the idle time, and an offline token has none. */
const refreshToken = (exp?: number): string => jwt({ typ: 'Refresh', ...(exp && { exp }) });

let server: Server;
let storage: Storage;
let userManager: UserManager;
/** The refresh token of the next answer. */
let next: string;
let controller: AbortController;

beforeEach(async () => {
  controller = new AbortController();
  storage = new InMemoryWebStorage();
  vi.stubGlobal('localStorage', storage);
  server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const token = { access_token: 'access-2', refresh_token: next, expires_in: 60 };
    response.end(JSON.stringify({ ...token, token_type: 'Bearer', refresh_expires_in: 1_800 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  createUserManager(storage);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

function createUserManager(store: Storage): void {
  const authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  userManager = new UserManager({
    authority,
    client_id: 'app',
    redirect_uri: 'http://app.test/callback',
    metadata: { issuer: authority, token_endpoint: `${authority}/token` },
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store }),
  });
}

async function signIn(refresh_token: string): Promise<void> {
  await userManager.storeUser(createUser(refresh_token));
}

function createUser(refresh_token: string): User {
  return new User({
    access_token: 'access-1',
    refresh_token,
    token_type: 'Bearer',
    profile: { sub: 'ada', iss: 'https://op', aud: 'app', exp: 1, iat: 1 },
    expires_at: seconds() + 60,
  });
}

const context = (forceRefresh = false): SourceContext => ({
  signal: controller.signal,
  forceRefresh,
  fetch,
  now: () => Date.now(),
});

const getSession = (options = {}) => oidcClient(userManager, options).getSession(context());

describe('the end of a session, from the refresh token', () => {
  it('is its `exp`, as an end that a refresh moves', async () => {
    const end = seconds() + 1_800;
    await signIn(refreshToken(end));
    const session = await getSession();
    expect(session).toEqual({ user: { sub: 'ada' }, idleExpiresAt: end * 1_000 });
  });

  it.each([
    ['an opaque refresh token', () => 'opaque'],
    ['an offline token, which has no `exp`', () => refreshToken()],
    ['an encrypted one', () => 'a.b.c.d.e'],
    ['one that is valid for ten years', () => refreshToken(seconds() + 315_360_000)],
  ])('is not stated for %s', async (_what, create) => {
    await signIn(create());
    expect(await getSession()).toEqual({ user: { sub: 'ada' } });
  });

  it('is not stated if each tab has its own refresh token, and cannot restore the session', async () => {
    createUserManager(new InMemoryWebStorage());
    await signIn(refreshToken(seconds() + 1_800));
    expect(await getSession()).not.toHaveProperty('idleExpiresAt');
    expect(await getSession({ restoreSession: true })).toHaveProperty('idleExpiresAt');
  });

  it('is not stated where the page may not use localStorage', async () => {
    vi.stubGlobal('localStorage', undefined);
    await signIn(refreshToken(seconds() + 1_800));
    expect(await getSession()).not.toHaveProperty('idleExpiresAt');
  });

  it('is stated as it is when it has passed', async () => {
    await signIn(refreshToken(seconds() - 5));
    expect((await getSession())?.idleExpiresAt).toBeLessThan(Date.now());
  });

  it('is asked of the provider when it has passed, with restoreSession', async () => {
    const silent = vi.spyOn(userManager, 'signinSilent');
    await signIn(refreshToken(seconds() + 60));
    await getSession({ restoreSession: true });
    expect(silent).not.toHaveBeenCalled();
    await signIn(refreshToken(seconds() - 5));
    silent.mockResolvedValueOnce(createUser(refreshToken(seconds() + 1_800)));
    const session = await getSession({ restoreSession: true });
    // Not with the refresh token, which the provider refuses.
    expect(silent).toHaveBeenCalledWith({ forceIframeAuth: true });
    expect(session?.idleExpiresAt).toBeGreaterThan(Date.now());
    silent.mockRejectedValueOnce(Object.assign(new Error(), { error: 'login_required' }));
    expect(await getSession({ restoreSession: true })).toBeNull();
  });
});

describe('a refresh', () => {
  async function refresh(from: string, to: string): Promise<SourceEvent[]> {
    await signIn(from);
    next = to;
    const source = oidcClient(userManager);
    const events: SourceEvent[] = [];
    const stop = source.subscribe?.((event) => events.push(event));
    await source.getAccessToken?.({}, context(true));
    stop?.();
    return events;
  }

  it('reports the end that it has moved', async () => {
    const end = seconds() + 1_800;
    expect(await refresh(refreshToken(end - 900), refreshToken(end))).toEqual([
      { type: 'session', session: { user: { sub: 'ada' }, idleExpiresAt: end * 1_000 } },
    ]);
  });

  it('reports nothing if the end is the same, or if none is stated', async () => {
    const end = seconds() + 1_800;
    expect(await refresh(refreshToken(end), refreshToken(end))).toEqual([]);
    expect(await refresh('opaque-1', 'opaque-2')).toEqual([]);
  });

  it('reports nothing if the client has given it up, for example because the session has ended', async () => {
    controller.abort();
    const end = seconds() + 1_800;
    expect(await refresh(refreshToken(end - 900), refreshToken(end))).toEqual([]);
  });
});

describe('a client', () => {
  function startClient() {
    const client = createSessionClient({ source: oidcClient(userManager), policy: hybrid() });
    client.start();
    return client;
  }
  const deadline = (client: ReturnType<typeof startClient>) => client.getSnapshot().deadline?.at;

  it('moves its deadline with a refresh, without asking for the session', async () => {
    const end = seconds() + 1_800;
    await signIn(refreshToken(end - 900));
    next = refreshToken(end);
    const client = startClient();
    await vi.waitFor(() => expect(deadline(client)).toBe((end - 900) * 1_000));
    const asked = vi.spyOn(userManager, 'getUser');
    await client.getAccessToken({ forceRefresh: true });
    expect([deadline(client), asked.mock.calls.length]).toEqual([end * 1_000, 1]);
    client.stop();
  });

  it('ends the session when the stored refresh token has ended, and removes it', async () => {
    vi.useFakeTimers();
    await signIn(refreshToken(seconds() + 60));
    const client = startClient();
    const onEnd = vi.fn();
    client.on('session-ended', ({ reason }) => onEnd(reason));
    await vi.advanceTimersByTimeAsync(59_000);
    expect(onEnd).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('lifetime');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await userManager.getUser()).toBeNull();
    client.stop();
  });

  it('keeps the session if another tab has refreshed the stored token in the meantime', async () => {
    vi.useFakeTimers();
    const end = seconds() + 1_800;
    await signIn(refreshToken(seconds() + 60));
    const client = startClient();
    await vi.advanceTimersByTimeAsync(59_000);
    await signIn(refreshToken(end));
    await vi.advanceTimersByTimeAsync(2_000);
    expect([client.getSnapshot().status, deadline(client)]).toEqual(['active', end * 1_000]);
    client.stop();
  });
});
