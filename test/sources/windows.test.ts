// @vitest-environment jsdom
import { InMemoryWebStorage, User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext, SourceLoginRequest } from '../../src/index.js';
import { nextjsAuth0 } from '../../src/sources/nextjs-auth0.js';
import { oidcCallback, oidcClient } from '../../src/sources/oidc-client.js';
import { never, watch } from '../support/promises.js';

let popup: {
  closed: boolean;
  location: { pathname: string; replace: () => void };
  close: () => void;
  focus: () => void;
};
let controller: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  controller = new AbortController();
  popup = {
    closed: false,
    location: { pathname: 'blank', replace: () => {} },
    close: () => {
      popup.closed = true;
    },
    focus: () => {},
  };
  vi.spyOn(window, 'open').mockImplementation(() => popup as never);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const context = () =>
  ({ signal: controller.signal, whenQuiet: (work: () => Promise<void>) => work() }) as LoginContext;

/** Fires `pageshow`: for the first load, or, if `persisted`, after "back" from the page cache. */
function firePageShow(persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
}

describe('nextjsAuth0 in a pop-up', () => {
  const login = () => watch(nextjsAuth0().login?.({}, context()) as Promise<void>);

  it('resolves at the profile route, even with a trailing slash', async () => {
    const done = login();
    popup.location.pathname = '/auth/profile/';
    await vi.advanceTimersByTimeAsync(200);
    expect([done.outcome, popup.closed]).toEqual([undefined, true]);
  });

  it('closes its window when the sign-in is aborted', async () => {
    const done = login();
    controller.abort();
    await vi.advanceTimersByTimeAsync(200);
    expect([done.outcome, popup.closed]).toEqual(['ERR_LOGIN_CANCELLED', true]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('nextjsAuth0 by a redirect', () => {
  let visited: string[];

  beforeEach(() => {
    visited = [];
    const { origin } = location;
    vi.stubGlobal('location', {
      origin,
      pathname: '/app',
      search: '?x=1',
      assign: (url: string) => visited.push(url),
    });
  });

  const redirect = (request: SourceLoginRequest = {}) =>
    watch(nextjsAuth0().login?.({ display: 'redirect', ...request }, context()) as Promise<void>);

  it('is cancelled by "back", but not by the page’s first load', async () => {
    const done = redirect();
    firePageShow(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('pending');
    firePageShow(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it('sends params to the sign-in route', () => {
    redirect({ params: { organization: 'one' } });
    expect(new URL(visited[0] ?? '', 'http://app.test').searchParams.get('organization')).toBe(
      'one',
    );
  });

  it.each([
    [undefined, '/?x=1'],
    ['/app', '/'],
    ['/app#x', '/#x'],
    ['/app/notes', '/notes'],
    ['/apples', '/apples'],
    ['/app//evil.example', '/evil.example'],
  ])('in an app with a base path, sends returnTo %s as %s', (returnTo, sent) => {
    vi.stubEnv('NEXT_PUBLIC_BASE_PATH', '/app');
    redirect(returnTo === undefined ? {} : { returnTo });
    expect(new URL(visited[0] ?? '', 'http://app.test').searchParams.get('returnTo')).toBe(sent);
  });
});

describe('oidcClient', () => {
  let userManager: UserManager;

  function createUserManager(settings: object = {}): void {
    const url = (path: string): string => `https://op.test/${path}`;
    userManager = new UserManager({
      authority: 'https://op.test',
      client_id: 'app',
      redirect_uri: 'http://localhost:3000/callback',
      automaticSilentRenew: false,
      metadata: {
        issuer: 'https://op.test',
        authorization_endpoint: url('auth'),
        token_endpoint: url('token'),
        end_session_endpoint: url('end'),
      },
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      ...settings,
    });
  }

  const ada = () =>
    new User({
      access_token: 'access',
      token_type: 'Bearer',
      profile: { sub: 'ada', iss: 'https://op.test', aud: 'app', exp: 1, iat: 1 },
      expires_at: Math.floor(Date.now() / 1_000) + 3_600,
    });

  /** With an ID token of these claims. */
  const userWith = (claims: { sub: string; auth_time?: number; iat?: number }): User => {
    const user = ada();
    user.profile.sub = claims.sub;
    user.id_token = `e30.${btoa(JSON.stringify(claims))}.`;
    return user;
  };

  it('cancels the sign-in when the user goes back from the provider’s page', async () => {
    createUserManager();
    // Without the navigation itself, which a test page cannot do.
    const navigate = vi.fn();
    vi.spyOn(userManager, 'signinRedirect').mockImplementation(
      () =>
        new Promise((resolve) => {
          window.addEventListener('pageshow', () => resolve());
          navigate();
        }),
    );
    const done = watch(
      oidcClient(userManager).login?.({ display: 'redirect' }, context()) as Promise<void>,
    );
    await vi.advanceTimersByTimeAsync(0);
    firePageShow(false);
    await vi.advanceTimersByTimeAsync(0);
    expect([navigate.mock.calls.length, done.outcome]).toEqual([1, 'pending']);
    firePageShow(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it.each([
    ['/reports?page=2#top', undefined, '/reports?page=2#top'],
    ['/callback?error=access_denied', undefined, '/'],
    ['/search?path=C:\\temp', undefined, '/search?path=C:%5Ctemp'],
    ['/reports', '/settings', '/settings'],
  ])(
    'returns from a sign-in by redirect on %s with returnTo %s to %s',
    async (page, returnTo, target) => {
      history.replaceState(null, '', page);
      createUserManager();
      const redirect = vi.spyOn(userManager, 'signinRedirect').mockReturnValue(never());
      const request = { display: 'redirect' as const, ...(returnTo && { returnTo }) };
      watch(oidcClient(userManager).login?.(request, context()) as Promise<void>);
      await vi.advanceTimersByTimeAsync(0);
      expect(redirect.mock.calls[0]?.[0]).toMatchObject({ state: { returnTo: target } });
      history.replaceState(null, '', '/');
    },
  );

  it.each([
    ['is closed', 'ERR_LOGIN_CANCELLED', () => {}],
    ['is not opened', 'ERR_POPUP_BLOCKED', () => vi.spyOn(window, 'open').mockReturnValue(null)],
  ])('keeps the user when the sign-out window %s', async (_what, code, prepare) => {
    createUserManager();
    await userManager.storeUser(ada());
    prepare();
    const done = watch(
      oidcClient(userManager).logout?.({ display: 'popup' }, context()) as Promise<void>,
    );
    await vi.advanceTimersByTimeAsync(100);
    popup.closed = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(done.outcome).toBe(code);
    expect(await userManager.getUser()).toMatchObject({ access_token: 'access' });
  });

  it('resolves a sign-out by redirect when the SDK has removed the user', async () => {
    createUserManager();
    await userManager.storeUser(ada());
    const done = watch(oidcClient(userManager).logout?.({}, context()) as Promise<void>);
    await vi.advanceTimersByTimeAsync(0);
    expect([done.outcome, await userManager.getUser()]).toEqual([undefined, null]);
  });

  it('keeps the user when the provider’s sign-out endpoint cannot be requested', async () => {
    createUserManager({ metadata: undefined });
    await userManager.storeUser(ada());
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const done = watch(oidcClient(userManager).logout?.({}, context()) as Promise<void>);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('ERR_NETWORK');
    expect(await userManager.getUser()).not.toBeNull();
  });

  it('signs out only in this browser if the provider has no sign-out endpoint', async () => {
    createUserManager({ metadata: { issuer: 'https://op.test' } });
    await userManager.storeUser(ada());
    await oidcClient(userManager).logout?.({}, context());
    expect(await userManager.getUser()).toBeNull();
  });

  it.each([
    ['no page', {}, 'redirect'],
    ['a page for the redirect', { post_logout_redirect_uri: '/bye' }, 'redirect'],
    ['a page for pop-ups', { popup_post_logout_redirect_uri: '/closed' }, 'popup'],
  ])(
    'chooses the display of a sign-out by the settings: with %s',
    async (_what, settings, kind) => {
      createUserManager(settings);
      const redirect = vi.spyOn(userManager, 'signoutRedirect').mockResolvedValue();
      const inPopup = vi.spyOn(userManager, 'signoutPopup').mockResolvedValue();
      await oidcClient(userManager).logout?.({}, context());
      expect([redirect.mock.calls.length, inPopup.mock.calls.length]).toEqual(
        kind === 'redirect' ? [1, 0] : [0, 1],
      );
    },
  );

  it.each(['redirect', 'popup'] as const)('passes params to a %s', async (display) => {
    createUserManager();
    const args: unknown[] = [];
    const record = async (arg: unknown): Promise<never> => {
      args.push(arg);
      return undefined as never;
    };
    vi.spyOn(userManager, 'signinRedirect').mockImplementation(record);
    vi.spyOn(userManager, 'signinPopup').mockImplementation(record);
    vi.spyOn(userManager, 'signoutRedirect').mockImplementation(record);
    vi.spyOn(userManager, 'signoutPopup').mockImplementation(record);
    const source = oidcClient(userManager);
    const params = { organization: 'one' };
    watch(source.login?.({ display, params }, context()) as Promise<void>);
    await source.logout?.({ display, params }, context());
    expect(args).toMatchObject([{ extraQueryParams: params }, { extraQueryParams: params }]);
  });

  it.each([
    ['another user', { sub: 'grace' }, 'grace'],
    ['a newer authentication of the same user', { sub: 'ada', auth_time: 2_000 }, 'ada'],
  ])('stores %s again if a late refresh has replaced the sign-in', async (_what, claims, sub) => {
    createUserManager();
    const signedIn = userWith(claims);
    vi.spyOn(userManager, 'signinPopup').mockResolvedValue(signedIn);
    const whenQuiet = async (work: () => Promise<void>): Promise<void> => {
      await userManager.storeUser(userWith({ sub: 'ada', auth_time: 1_000 }));
      await work();
    };
    await oidcClient(userManager).login?.({}, { ...context(), whenQuiet });
    const stored = await userManager.getUser();
    expect([stored?.profile.sub, stored?.id_token]).toEqual([sub, signedIn.id_token]);
  });

  it('does not store a sign-in again that was refreshed or ended meanwhile', async () => {
    createUserManager();
    vi.spyOn(userManager, 'signinPopup').mockResolvedValue(
      userWith({ sub: 'ada', auth_time: 1_000 }),
    );
    const store = vi.spyOn(userManager, 'storeUser');
    const others = [
      userWith({ sub: 'ada', auth_time: 1_000, iat: 9 }),
      // A provider may leave the date out of the ID token of a refresh.
      userWith({ sub: 'ada', iat: 9 }),
      null,
    ];
    for (const other of others) {
      const whenQuiet = async (work: () => Promise<void>): Promise<void> => {
        await userManager.storeUser(other);
        store.mockClear();
        await work();
      };
      await oidcClient(userManager).login?.({}, { ...context(), whenQuiet });
      expect(store).not.toHaveBeenCalled();
    }
  });

  it('reports that the app removes the user during a sign-in', async () => {
    createUserManager();
    await userManager.storeUser(ada());
    const onEvent = vi.fn();
    const source = oidcClient(userManager);
    const stop = source.subscribe?.(onEvent);
    watch(source.login?.({}, context()) as Promise<void>);
    await vi.advanceTimersByTimeAsync(0);
    await userManager.removeUser();
    expect(onEvent).toHaveBeenCalledWith({ type: 'session', session: null });
    stop?.();
  });

  it('leaves the callback page after a sign-out, even if the provider drops the state', async () => {
    createUserManager();
    const navigate = vi.fn();
    await oidcCallback(userManager, { navigate });
    expect(navigate).toHaveBeenCalledWith('/');
    navigate.mockClear();
    vi.stubGlobal('opener', {});
    await oidcCallback(userManager, { navigate });
    expect(navigate).not.toHaveBeenCalled();
  });
});
