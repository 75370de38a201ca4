import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext } from '../../src/index.js';
import { cookieSession } from '../../src/sources/cookie-session.js';
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

function abortable(): { signal: AbortSignal; cancel: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: () => setTimeout(() => controller.abort(), 20) };
}
