import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext } from '../../src/index.js';
import { type CookieSessionOptions, cookieSession } from '../../src/sources/cookie-session.js';
import { CookieServer } from '../browser/sources/cookieServer.ts';
import { CookiePage } from './cookieSessionPage.ts';

let server: CookieServer;
let page: CookiePage;

beforeEach(async () => {
  server = new CookieServer();
  page = await CookiePage.open(server.handle);
});
afterEach(() => page.close());

const csrf = { header: 'X-CSRFToken', cookie: 'csrftoken' };

function create(options: Partial<CookieSessionOptions> = {}) {
  return cookieSession({
    me: '/api/me',
    extend: '/api/keep-alive',
    login: '/login',
    logout: '/logout',
    csrf,
    ...options,
  });
}

const context = (options: Partial<LoginContext> = {}): LoginContext => ({
  signal: new AbortController().signal,
  forceRefresh: false,
  fetch: page.fetch,
  now: () => Date.now(),
  whenQuiet: (work) => work(),
  ...options,
});

/** A context in which every request gets this answer. */
const answering = (response: () => Response): LoginContext =>
  context({ fetch: async () => response() });

describe('the session', () => {
  it.each([
    [
      { sub: 'ada', name: 'Ada' },
      { sub: 'ada', name: 'Ada' },
    ],
    [
      { id: 7, name: 'Ada' },
      { id: 7, name: 'Ada', sub: '7' },
    ],
    [{ user: { id: 'ada' } }, { id: 'ada', sub: 'ada' }],
  ])('is read from %j', async (answer, user) => {
    const session = await create().getSession(answering(() => Response.json(answer)));
    expect(session).toEqual({ user });
  });

  it('does not exist if the field user is null', async () => {
    const answer = answering(() => Response.json({ user: null }));
    expect(await create().getSession(answer)).toBeNull();
  });

  it('is read by the function of the app, with the server’s time', async () => {
    const source = create({
      readSession: (answer, { now }) => ({
        user: { sub: String(answer['login']) },
        expiresAt: now() + Number(answer['ttl']) * 1_000,
      }),
    });
    const answer = answering(() => Response.json({ login: 'ada', ttl: 60 }));
    const session = await source.getSession({ ...answer, now: () => 1_000_000 });
    expect(session).toEqual({ user: { sub: 'ada' }, expiresAt: 1_060_000 });
  });

  it.each([
    [403, 'application/json', '{"detail":"x"}', [401, 403], null],
    [419, 'application/json', '{"message":"x"}', [401, 419], null],
    [403, 'application/json', '{"detail":"x"}', [401], 'ERR_BAD_RESPONSE'],
    [403, 'text/html', '<html>Blocked</html>', [401, 403], 'ERR_BAD_RESPONSE'],
    [401, 'text/html', '<html>Proxy</html>', [401], 'ERR_BAD_RESPONSE'],
    [200, 'text/html', '<html>Sign in</html>', [401], 'ERR_BAD_RESPONSE'],
    [200, 'application/json', '', [401], 'ERR_BAD_RESPONSE'],
  ])(
    'after HTTP %d with %s %j, for the statuses %j, is %s',
    async (status, type, body, signedOut, outcome) => {
      const headers = { 'Content-Type': type };
      const answer = answering(() => new Response(body, { status, headers }));
      const session = await create({ signedOut })
        .getSession(answer)
        .catch((error) => error.code);
      expect(session).toBe(outcome);
    },
  );

  it('is not ended by a redirect to another page than the sign-in page', async () => {
    server.signedOutAnswer = 'a redirect to the sign-in page';
    const answer = create({ login: '/accounts/login' }).getSession(context());
    await expect(answer).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
    expect(await create({ login: '/login?x=1' }).getSession(context())).toBeNull();
  });

  it('is requested as JSON, with the headers and the credentials of the options', async () => {
    const fetch = vi.fn(async () => Response.json({ sub: 'ada' }));
    const options = { headers: { 'X-CSRF': '1' }, credentials: 'include' } as const;
    await create(options).getSession(context({ fetch }));
    expect(fetch).toHaveBeenCalledWith(
      '/api/me',
      expect.objectContaining({
        credentials: 'include',
        headers: { Accept: 'application/json', 'X-CSRF': '1' },
      }),
    );
  });
});

describe('a POST', () => {
  it('extends the session with the current token of the cookie', async () => {
    await page.signIn();
    server.lifetime = 7_200_000;
    const before = Date.now();
    const source = create({
      readSession: ({ sub, endsAt }) => ({ user: { sub: `${sub}` }, expiresAt: Number(endsAt) }),
    });
    const session = await source.extend?.(context());
    expect(session?.expiresAt).toBeGreaterThanOrEqual(before + 7_200_000);
  });

  it('has the token of a meta element, or of a function', async () => {
    await page.signIn();
    const { header } = csrf;
    const token = async (): Promise<string> => page.cookies.get('csrftoken') ?? '';
    for (const place of [
      { header, meta: 'csrf-token' },
      { header, token },
    ]) {
      expect(await create({ csrf: place }).extend?.(context())).toMatchObject({
        user: { sub: 'ada' },
      });
    }
    expect(server.count('POST /api/keep-alive')).toBe(2);
  });

  it.each([403, 419, 422])(
    'is repeated once with a new token after HTTP %d, if the session exists',
    async (refusal) => {
      server.refusal = refusal;
      await page.signIn();
      const valid = page.cookies.get('csrftoken') ?? '';
      const tokens = ['stale', valid];
      const token = () => tokens.shift() ?? 'stale';
      const source = create({ csrf: { header: 'X-CSRFToken', token } });
      expect(await source.extend?.(context())).toMatchObject({ user: { sub: 'ada' } });
      const again = source.extend?.(context());
      await expect(again).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
    },
  );

  it('decodes the token of the cookie, as Laravel expects it', async () => {
    await page.signIn();
    page.cookies.set('csrftoken', 'a%3D%3D');
    const requests: unknown[] = [];
    const fetch = vi.fn(async (_path, init) => {
      requests.push(init.headers);
      return new Response(null, { status: 204 });
    });
    await create().logout?.({}, context({ fetch }));
    expect(requests).toEqual([expect.objectContaining({ 'X-CSRFToken': 'a==' })]);
  });

  it('that extends an ended session resolves with null', async () => {
    await page.signIn();
    server.endSessions();
    expect(await create().extend?.(context())).toBeNull();
  });
});

describe('extend()', () => {
  it('does not exist without a route', () => {
    expect(cookieSession({ me: '/api/me' }).extend).toBeUndefined();
  });

  it('reads the session if reading extends it', async () => {
    await page.signIn();
    const source = cookieSession({ me: '/api/me', readingExtends: true });
    expect(source.readingExtends).toBe(true);
    expect(await source.extend?.(context())).toMatchObject({ user: { sub: 'ada' } });
  });
});

describe('a sign-in', () => {
  it('leaves for the page with the way back, and is cancelled if the user comes back', async () => {
    const { signal, cancel } = abortable();
    const request = { maxAge: 60_000, loginHint: 'ada' };
    const login = create().login?.(request, context({ signal }));
    cancel();
    await expect(login).rejects.toMatchObject({ code: 'ERR_LOGIN_CANCELLED' });
    expect(page.visited).toEqual(['/login?max_age=60&login_hint=ada&next=%2Freports%3Fpage%3D2']);
  });

  it('opens a pop-up that ends at the page of the option', async () => {
    const popup = { location: { pathname: '/signed-in' }, close: vi.fn() };
    const open = vi.fn((_address: string) => popup);
    vi.stubGlobal('open', open);
    const login = { page: '/login?flow=x', returnParam: 'redirect', popupReturn: '/signed-in' };
    await create({ login }).login?.({}, context());
    expect(open.mock.calls[0]?.[0]).toBe('/login?flow=x&redirect=%2Fsigned-in');
    expect(popup.close).toHaveBeenCalled();
  });

  it('in a pop-up is refused if the sign-in page has no end for it', async () => {
    const login = create().login?.({ display: 'popup' }, context());
    await expect(login).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' });
  });

  it('is the function of the app, or does not exist', () => {
    const login = async () => {};
    expect(create({ login }).login).toBe(login);
    expect(cookieSession({ me: '/api/me' }).login).toBeUndefined();
  });
});

describe('a sign-out', () => {
  it('is a POST with the token, and then leaves for the page of the call', async () => {
    await page.signIn();
    await create().logout?.({ returnTo: '/bye', params: { all: '1' } }, context());
    expect([server.hasSession, page.visited]).toEqual([false, ['/bye']]);
  });

  it('resolves if the session has ended already', async () => {
    server.refusal = 419;
    await expect(create().logout?.({}, context())).resolves.toBeUndefined();
  });

  it('is a navigation to the page of the option', async () => {
    const logout = { page: '/bff/logout', returnParam: 'returnUrl' };
    const source = create({ logout });
    await source.logout?.({ returnTo: '/bye' }, context());
    expect(page.visited).toEqual(['/bff/logout?returnUrl=%2Fbye']);
    expect(source.clear).toBeUndefined();
  });
});

describe('clear()', () => {
  it('ends the session on the server', async () => {
    await page.signIn();
    const source = create();
    await source.getSession(context());
    await source.clear?.('idle', context());
    expect(server.hasSession).toBe(false);
  });

  it('keeps the session of a user who has signed in meanwhile', async () => {
    const source = create({
      readSession: ({ sub, startedAt }) => ({
        user: { sub: `${sub}` },
        startedAt: Number(startedAt),
      }),
    });
    await page.signIn();
    await source.getSession(context());
    server.endSessions();
    const former = Date.now();
    await vi.waitUntil(() => Date.now() > former);
    await page.signIn();
    await source.clear?.('revoked', context());
    expect(server.hasSession).toBe(true);
  });

  it('sends no POST if there is no session', async () => {
    await create().clear?.('signed-out-elsewhere', context());
    expect(server.count('POST /logout')).toBe(0);
  });
});

it.each([
  [{}, 'me'],
  [{ me: '' }, 'me'],
  [{ me: '/me', csrf: { header: 'X-CSRF' } }, 'csrf'],
  [{ me: '/me', csrf: { cookie: 'csrftoken' } }, 'csrf'],
])('the options %j are refused with a TypeError that names %s', (options, name) => {
  expect(() => cookieSession(options as CookieSessionOptions)).toThrow(TypeError);
  expect(() => cookieSession(options as CookieSessionOptions)).toThrow(name);
});

function abortable(): { signal: AbortSignal; cancel: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: () => setTimeout(() => controller.abort(), 20) };
}
