// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { changeSession, noConditions } from '../../src/devtools/rehearsal/conditions.js';
import { rehearsable, rehearsalOf } from '../../src/devtools/rehearsal/rehearsable.js';
import type { Scene } from '../../src/devtools/rehearsal/rehearsal.js';
import {
  createSessionClient,
  hybrid,
  rolling,
  type Session,
  type SessionClient,
  type SessionClientOptions,
  type SessionEvent,
  type SessionSource,
} from '../../src/index.js';

const start = Date.UTC(2026, 0, 1, 9);

/** A provider with a server, whose answers have a `Date`. It counts the requests. */
class Provider implements SessionSource {
  readonly name = crypto.randomUUID();
  readonly asked = { session: 0, token: 0 };
  session: Session | null = {
    user: { sub: 'ada', name: 'Ada' },
    startedAt: start,
    expiresAt: start + 3_600_000,
  };

  async getSession({ fetch }: Parameters<SessionSource['getSession']>[0]): Promise<Session | null> {
    this.asked.session++;
    await fetch('https://provider.example/session');
    return this.session;
  }

  async getAccessToken(
    ...[, { fetch }]: Parameters<NonNullable<SessionSource['getAccessToken']>>
  ): Promise<{ value: string; issuedAt: number; expiresAt: number; sub: string }> {
    const value = `token-${++this.asked.token}`;
    await fetch('https://provider.example/token');
    return { value, issuedAt: Date.now(), expiresAt: Date.now() + 300_000, sub: 'ada' };
  }

  async login(): Promise<void> {
    this.session = {
      user: { sub: 'ada' },
      startedAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    };
  }
}

/** Its SDK sends its own requests, so that the client reads no `Date`. */
class SilentProvider extends Provider {
  override async getSession(): Promise<Session | null> {
    this.asked.session++;
    return this.session;
  }
}

let client: SessionClient | null = null;

beforeEach(() => {
  vi.useFakeTimers({ now: start + 60_000 });
  vi.stubGlobal('fetch', async () => {
    return new Response(null, { headers: { Date: new Date(Date.now()).toUTCString() } });
  });
});
afterEach(() => {
  client?.stop();
  client = null;
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

interface Page {
  client: SessionClient;
  provider: Provider;
  events: SessionEvent[];
  begin: (scene: Scene) => Promise<unknown>;
  end: () => Promise<unknown>;
}

/** A client of a browser whose source is rehearsable. */
async function open(
  options: Partial<SessionClientOptions> = {},
  provider: Provider = new Provider(),
): Promise<Page> {
  const events: SessionEvent[] = [];
  const source = rehearsable(provider);
  const own = createSessionClient({ source, onEvent: (event) => events.push(event), ...options });
  client = own;
  own.start();
  await advance(10);
  const { begin, end } = { begin: rehearsalOf(own)?.begin, end: rehearsalOf(own)?.end };
  const run = async (work: Promise<void> | undefined): Promise<unknown> => {
    const result = work?.then(
      () => null,
      (error: unknown) => error,
    );
    await advance(200);
    return result;
  };
  return {
    client: own,
    provider,
    events,
    begin: (scene) => run(begin?.call(rehearsalOf(own), scene, own)),
    end: () => run(end?.call(rehearsalOf(own), own)),
  };
}

async function advance(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

function types({ events }: Page): string[] {
  return events.map(({ type }) => type);
}

it('passes every request unchanged until a scene begins', async () => {
  const page = await open();
  await page.client.getAccessToken();
  expect(page.client.getSnapshot().session).toEqual(page.provider.session);
  expect(page.client.peekAccessToken()).toBe('token-1');
});

it('expires the access token, and the next call gets a new one of the provider', async () => {
  const page = await open();
  await page.client.getAccessToken();
  await page.begin('token-expired');
  expect(page.provider.asked.token).toBe(1);
  await advance(600);
  expect(page.client.getSnapshot().accessToken.status).toBe('expired');
  expect(page.client.peekAccessToken()).toBeNull();
  const call = page.client.getAccessToken();
  await advance(3_000);
  expect(await call).toBe('token-2');
});

it('ends the session in 25 s: a warning, and then the end, which a sign-in follows', async () => {
  const page = await open();
  await page.begin('session-ends-soon');
  expect(page.client.getSnapshot()).toMatchObject({ status: 'expiring', canExtend: false });
  await advance(26_000);
  expect(page.client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  const login = page.client.login();
  await advance(100);
  await login;
  expect(page.client.getSnapshot().status).toBe('active');
  await advance(60_000);
  expect(page.client.getSnapshot().status).toBe('active');
});

it('lets the user stay where the source can extend the session', async () => {
  const provider = Object.assign(new Provider(), { extend: async () => provider.session });
  const page = await open({ policy: rolling({ idle: '30m' }) }, provider);
  await page.begin('session-ends-soon');
  expect(page.client.getSnapshot()).toMatchObject({ status: 'expiring', canExtend: true });
  const stay = page.client.extend();
  await advance(100);
  await stay;
  expect(page.client.getSnapshot()).toMatchObject({
    status: 'active',
    deadline: { at: start + 3_600_000 },
  });
  expect(rehearsalOf(page.client)?.getScenes()).toEqual([]);
});

it('sleeps for 8 h, after which the server has no session', async () => {
  const page = await open();
  await page.begin('slept');
  await advance(5_000);
  expect(types(page)).toContain('resumed');
  expect(page.client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  const login = page.client.login();
  await advance(100);
  await login;
  expect(page.client.getSnapshot().status).toBe('active');
  expect(await page.client.getAccessToken()).toBe('token-1');
  await page.end();
  expect(page.client.getSnapshot().status).toBe('active');
  expect(Math.abs(page.client.now() - Date.now())).toBeLessThan(3_000);
});

it('sleeps and wakes also where the SDK states no time', async () => {
  const page = await open({}, new SilentProvider());
  await page.begin('slept');
  await advance(5_000);
  expect(page.client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  expect(page.client.now() - Date.now()).toBe(28_800_000);
  await page.end();
  expect(Math.abs(page.client.now() - Date.now())).toBeLessThan(3_000);
});

it('the server has no session after the sleep if it had ended by then', () => {
  const session = { user: { sub: 'ada' }, expiresAt: start + 3_600_000 };
  const slept = { ...noConditions, slept: 28_800_000 };
  const later = start + 28_800_000;
  expect(changeSession(session, slept, later, false)).toBeNull();
  expect(changeSession({ user: session.user }, slept, later, false)).not.toBeNull();
  // A sign-in since then is as long as the real one.
  const renewed = changeSession(session, { ...slept, isRenewed: true }, later, false);
  expect(renewed?.expiresAt).toBe(session.expiresAt + 28_800_000);
});

it('lets a token in use expire before it is refreshed', async () => {
  const page = await open();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  page.client.retainAccessToken();
  await advance(100);
  const statuses = new Set<string>();
  page.client.subscribe(() => statuses.add(page.client.getSnapshot().accessToken.status));
  await page.begin('token-expired');
  await advance(5_000);
  vi.restoreAllMocks();
  expect([...statuses]).toContain('expired');
  expect(page.client.peekAccessToken()).toBe('token-2');
});

it('goes offline, and continues afterwards', async () => {
  const page = await open();
  await page.begin('offline');
  expect(page.client.getSnapshot()).toMatchObject({ status: 'active', connection: 'offline' });
  const call = page.client.getAccessToken().catch((error: unknown) => error);
  await advance(11_000);
  expect(await call).toMatchObject({ code: 'ERR_NETWORK' });
  await page.end();
  expect(page.client.getSnapshot()).toMatchObject({ status: 'active', connection: 'online' });
});

it('answers 429: the session is kept, and the request is repeated after the time that the server names', async () => {
  const page = await open();
  const result = page.begin('rate-limited');
  await advance(11_000);
  expect(await result).toMatchObject({ code: 'ERR_RATE_LIMITED' });
  expect(page.client.getSnapshot()).toMatchObject({ status: 'active', connection: 'degraded' });
  expect(page.provider.asked.token).toBe(0);
  await page.end();
  await advance(10_000);
  expect(page.client.getSnapshot().connection).toBe('online');
});

it('sets the clock two hours wrong, which the server’s date corrects', async () => {
  const page = await open();
  await page.begin('wrong-clock');
  await advance(2_000);
  expect(page.client.environment.wallNow() - Date.now()).toBe(7_200_000);
  expect(types(page)).toContain('resumed');
  expect(page.client.getSnapshot().status).toBe('active');
  expect(Math.abs(page.client.now() - Date.now())).toBeLessThan(3_000);
  await page.end();
  expect(page.client.environment.wallNow()).toBe(Date.now());
});

it('signs another user in, so that nothing of the former user is used', async () => {
  const page = await open({ policy: hybrid({ idle: '30m' }) });
  await page.client.getAccessToken();
  const key = page.client.getUserKey();
  await page.begin('other-user');
  expect(types(page)).toContain('user-changed');
  expect(page.client.getUserKey()).not.toBe(key);
  expect(page.client.peekAccessToken()).toBeNull();
  expect(await page.client.getAccessToken()).toBe('token-2');
  await page.end();
  expect(page.client.getUserKey()).toBe(key);
  expect(types(page).filter((type) => type === 'user-changed')).toHaveLength(2);
});

it('is the source itself in a production build, unless it is asked for', () => {
  const provider = new Provider();
  vi.stubEnv('NODE_ENV', 'production');
  expect(rehearsable(provider)).toBe(provider);
  expect(rehearsable(provider, { inProduction: true })).not.toBe(provider);
  vi.unstubAllEnvs();
  expect(rehearsable(provider)).toBe(rehearsable(provider));
});
