import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext } from '../../src/index.js';
import { type CookieSessionOptions, cookieSession } from '../../src/sources/cookie-session.js';
import { CookieServer } from '../browser/sources/cookieServer.ts';
import { CookiePage, createCookieSession as create } from './cookieSessionPage.ts';

let server: CookieServer;
let page: CookiePage;

beforeEach(async () => {
  server = new CookieServer();
  page = await CookiePage.open(server.handle);
});
afterEach(() => page.close());

const context = (options: Partial<LoginContext> = {}): LoginContext => page.context(options);

const csrf = { header: 'X-CSRFToken', cookie: 'csrftoken' };

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

it.each([
  [{}, 'me'],
  [{ me: '' }, 'me'],
  [{ me: '/me', csrf: { header: 'X-CSRF' } }, 'csrf'],
  [{ me: '/me', csrf: { cookie: 'csrftoken' } }, 'csrf'],
])('the options %j are refused with a TypeError that names %s', (options, name) => {
  expect(() => cookieSession(options as CookieSessionOptions)).toThrow(TypeError);
  expect(() => cookieSession(options as CookieSessionOptions)).toThrow(name);
});
