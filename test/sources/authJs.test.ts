import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authJs } from '../../src/sources/auth-js.js';
import { AuthJsPage } from './authJsPage.ts';
import { answering, contextWith } from './sourceContext.ts';

const routes = { session: '/api/session', accessToken: '/api/access-token' };
let page: AuthJsPage;

beforeEach(async () => {
  page = await AuthJsPage.open();
});
afterEach(() => page.close());

const context = () => contextWith(page.fetch);
const source = authJs({ routes });

/** Answers the request with this method and path in place of the app. */
const replacing = (request: string, answer: () => Response) =>
  contextWith(async (input, init) =>
    `${init?.method ?? 'GET'} ${input}` === request ? answer() : page.fetch(input, init),
  );

describe('the session', () => {
  const expires = '2026-12-01T00:00:00.000Z';
  const expiresAt = Date.parse(expires);

  it.each([
    ['{}', null],
    ['null', null],
  ])('does not exist if Auth.js answers %s', async (body, session) => {
    expect(await authJs().getSession(answering(() => new Response(body)))).toBe(session);
  });

  it.each([
    [{ id: 'ada', email: 'ada@example.com' }, 'ada'],
    [{ sub: 'ada', id: 'other' }, 'ada'],
    [{ name: 'Ada', email: 'ada@example.com' }, 'ada@example.com'],
  ])('of the user %j has the sub %s and the end of Auth.js', async (user, sub) => {
    const answer = answering(() => Response.json({ user, expires }));
    expect(await authJs().getSession(answer)).toEqual({ user: { ...user, sub }, expiresAt });
  });

  it('is kept if a gateway answers 401', async () => {
    const session = source.getSession(answering(() => new Response('', { status: 401 })));
    await expect(session).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
  });

  it('is read below the base path, which distinguishes two apps', async () => {
    const fetch = vi.fn(async () => Response.json(null));
    const inDocs = authJs({ basePath: '/docs/api/auth/' });
    await inDocs.getSession(contextWith(fetch));
    expect(fetch).toHaveBeenCalledWith('/docs/api/auth/session', expect.anything());
    expect(inDocs.name).not.toBe(authJs().name);
  });

  it('says that reading extends it, unless the app has a route', () => {
    expect([authJs().readingExtends, source.readingExtends]).toEqual([true, undefined]);
  });

  it('is extended by Auth.js, and read from the route after that', async () => {
    await page.signIn();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    const end = Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000;
    const session = await source.extend?.(context());
    vi.useRealTimers();
    expect(session?.expiresAt).toBe(end);
  });

  it('is not extended after its end', async () => {
    expect(await source.extend?.(context())).toBeNull();
  });
});

describe('a sign-in', () => {
  const signal = AbortSignal.abort();
  const cancelled = { code: 'ERR_LOGIN_CANCELLED' };

  it('opens the sign-in page in a pop-up, which ends at a route of Auth.js', async () => {
    const open = vi.fn(() => ({ location: {}, close: () => {} }));
    vi.stubGlobal('open', open);
    const login = source.login?.({}, contextWith(page.fetch, { signal }));
    await expect(login).rejects.toMatchObject(cancelled);
    const address = '/api/auth/signin?callbackUrl=%2Fapi%2Fauth%2Fcsrf';
    expect(open).toHaveBeenCalledWith(address, '_blank', expect.any(String));
  });

  it('leaves the page for the sign-in page, and comes back to the page of the user', async () => {
    const login = source.login?.({ display: 'redirect' }, contextWith(page.fetch, { signal }));
    await expect(login).rejects.toMatchObject(cancelled);
    expect(page.visited).toEqual(['/api/auth/signin?callbackUrl=%2Freports%3Fpage%3D2']);
  });

  it('is the one of the app, if it has one', async () => {
    const login = vi.fn(async () => {});
    await authJs({ login }).login?.({ maxAge: 60_000 }, context());
    expect(login).toHaveBeenCalledWith({ maxAge: 60_000 }, expect.anything());
  });
});

describe('a sign-out', () => {
  it('ends the session, and leaves the page only for returnTo', async () => {
    await page.signIn();
    await source.logout?.({}, context());
    expect(await source.getSession(context())).toBeNull();
    expect(page.visited).toEqual([]);
    await source.logout?.({ returnTo: '/bye' }, context());
    expect(page.visited).toEqual(['/bye']);
  });

  it('is repeated once if another tab has replaced the token against CSRF', async () => {
    await page.signIn();
    const stale = () => Response.json({ csrfToken: 'stale' });
    let isFirst = true;
    const other = contextWith(async (input, init) => {
      const isStale = isFirst && input === '/api/auth/csrf';
      if (isStale) isFirst = false;
      return isStale ? stale() : page.fetch(input, init);
    });
    await source.logout?.({}, other);
    expect(page.app.count('POST /api/auth/signout')).toBe(2);
    expect(await source.getSession(context())).toBeNull();
  });

  it('rejects if the token against CSRF is refused again', async () => {
    await page.signIn();
    const stale = replacing('GET /api/auth/csrf', () => Response.json({ csrfToken: 'stale' }));
    await expect(source.logout?.({}, stale)).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
    expect(await source.getSession(context())).not.toBeNull();
  });

  it('rejects if version 5 refuses it', async () => {
    const url = 'http://localhost/api/auth/signin?error=MissingCSRF';
    const refusing = replacing('POST /api/auth/signout', () => Response.json({ url }));
    await expect(source.logout?.({}, refusing)).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
  });
});

describe('the end of the session in the page', () => {
  it('ends it on the server', async () => {
    await page.signIn();
    await source.getSession(context());
    await source.clear?.('idle', context());
    expect(await source.getSession(context())).toBeNull();
  });

  it('does not end a later sign-in of another tab', async () => {
    const own = authJs({ routes });
    await page.signIn();
    await own.getSession(context());
    page.cookies.clear();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2_000 });
    await page.signIn();
    await own.clear?.('idle', context());
    vi.useRealTimers();
    expect(await own.getSession(context())).not.toBeNull();
  });
});

describe('a token request', () => {
  it.each([{ audience: 'api' }, { scope: 'read' }, { params: { organization: 'x' } }])(
    'for %j is not sent',
    async (request) => {
      const token = source.getAccessToken?.(request, context());
      await expect(token).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' });
    },
  );

  it('without a session rejects with ERR_MISSING_SESSION', async () => {
    const token = source.getAccessToken?.({}, context());
    await expect(token).rejects.toMatchObject({ code: 'ERR_MISSING_SESSION' });
  });

  it('of a sign-in without tokens rejects with ERR_MISSING_REFRESH_TOKEN', async () => {
    await page.signIn();
    const token = source.getAccessToken?.({}, context());
    await expect(token).rejects.toMatchObject({ code: 'ERR_MISSING_REFRESH_TOKEN' });
  });

  it('is not possible without a route for it', () => {
    expect(authJs({ routes: { session: '/api/session' } }).getAccessToken).toBeUndefined();
  });
});
