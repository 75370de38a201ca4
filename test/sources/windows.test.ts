// @vitest-environment jsdom
import { InMemoryWebStorage, User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginRequest, SourceContext } from '../../src/index.js';
import { nextjsAuth0 } from '../../src/sources/nextjs-auth0.js';
import { oidcCallback, oidcClient } from '../../src/sources/oidc-client.js';
import { watch } from '../support/promises.js';

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

const context = () => ({ signal: controller.signal }) as SourceContext;

/** The page is shown, for the first time or, by "back", as it was. */
function show(persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
}

describe('nextjsAuth0 in a pop-up', () => {
  const login = () => watch(nextjsAuth0().login?.({}, context()) as Promise<void>);

  it('is done at the profile, though the app puts a slash behind its paths', async () => {
    const done = login();
    popup.location.pathname = '/auth/profile/';
    await vi.advanceTimersByTimeAsync(200);
    expect([done.outcome, popup.closed]).toEqual([undefined, true]);
  });

  it('closes its window when the sign-in is given up', async () => {
    const done = login();
    controller.abort();
    await vi.advanceTimersByTimeAsync(200);
    expect([done.outcome, popup.closed]).toEqual(['ERR_LOGIN_CANCELLED', true]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('nextjsAuth0 by a redirect', () => {
  let went: string[];

  beforeEach(() => {
    went = [];
    const { origin } = location;
    vi.stubGlobal('location', {
      origin,
      pathname: '/app',
      search: '?x=1',
      assign: (url: string) => went.push(url),
    });
  });

  const leave = (request: LoginRequest = {}) =>
    watch(nextjsAuth0().login?.({ display: 'redirect', ...request }, context()) as Promise<void>);

  it('is not cancelled by the page that is only just loading, but by the way back', async () => {
    const done = leave();
    show(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('pending');
    show(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it.each([
    [undefined, '/?x=1'],
    ['/app', '/'],
    ['/app#x', '/#x'],
    ['/app/notes', '/notes'],
    ['/apples', '/apples'],
    ['/app//evil.example', '/evil.example'],
  ])('from %s in an app with a base path comes back to %s of the app', (returnTo, goesTo) => {
    vi.stubEnv('NEXT_PUBLIC_BASE_PATH', '/app');
    leave(returnTo === undefined ? {} : { returnTo });
    expect(new URL(went[0] ?? '', 'http://app.test').searchParams.get('returnTo')).toBe(goesTo);
  });
});

describe('oidcClient', () => {
  let userManager: UserManager;

  function manage(settings: object = {}): void {
    const at = (path: string): string => `https://op.test/${path}`;
    userManager = new UserManager({
      authority: 'https://op.test',
      client_id: 'app',
      redirect_uri: 'http://localhost:3000/callback',
      automaticSilentRenew: false,
      metadata: {
        issuer: 'https://op.test',
        authorization_endpoint: at('auth'),
        token_endpoint: at('token'),
        end_session_endpoint: at('end'),
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

  it('takes the way back from the provider’s page for no sign-in', async () => {
    manage();
    // The jump alone is left out: a page in a test cannot leave.
    const jump = vi.fn();
    vi.spyOn(userManager, 'signinRedirect').mockImplementation(
      () =>
        new Promise((resolve) => {
          window.addEventListener('pageshow', () => resolve());
          jump();
        }),
    );
    const done = watch(
      oidcClient(userManager).login?.({ display: 'redirect' }, context()) as Promise<void>,
    );
    await vi.advanceTimersByTimeAsync(0);
    show(false);
    await vi.advanceTimersByTimeAsync(0);
    expect([jump.mock.calls.length, done.outcome]).toEqual([1, 'pending']);
    show(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it.each([
    ['is closed', 'ERR_LOGIN_CANCELLED', () => {}],
    ['is not opened', 'ERR_POPUP_BLOCKED', () => vi.spyOn(window, 'open').mockReturnValue(null)],
  ])('keeps the user when the window of a sign-out %s', async (_what, code, prepare) => {
    manage();
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

  it('is done with a sign-out by redirect when the user is forgotten: the page does not come back', async () => {
    manage();
    await userManager.storeUser(ada());
    const done = watch(oidcClient(userManager).logout?.({}, context()) as Promise<void>);
    await vi.advanceTimersByTimeAsync(0);
    expect([done.outcome, await userManager.getUser()]).toEqual([undefined, null]);
  });

  it('keeps the user when the provider cannot be asked where it signs people out', async () => {
    manage({ metadata: undefined });
    await userManager.storeUser(ada());
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const done = watch(oidcClient(userManager).logout?.({}, context()) as Promise<void>);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.outcome).toBe('ERR_NETWORK');
    expect(await userManager.getUser()).not.toBeNull();
  });

  it('signs out here alone where the provider has no page for it', async () => {
    manage({ metadata: { issuer: 'https://op.test' } });
    await userManager.storeUser(ada());
    await oidcClient(userManager).logout?.({}, context());
    expect(await userManager.getUser()).toBeNull();
  });

  it.each([
    ['', {}, 'redirect'],
    ['a page for after it', { post_logout_redirect_uri: '/bye' }, 'redirect'],
    ['a page for pop-ups', { popup_post_logout_redirect_uri: '/closed' }, 'popup'],
  ])('signs out as the app expects it: with %s', async (_what, settings, kind) => {
    manage(settings);
    const redirect = vi.spyOn(userManager, 'signoutRedirect').mockResolvedValue();
    const inPopup = vi.spyOn(userManager, 'signoutPopup').mockResolvedValue();
    await oidcClient(userManager).logout?.({}, context());
    expect([redirect.mock.calls.length, inPopup.mock.calls.length]).toEqual(
      kind === 'redirect' ? [1, 0] : [0, 1],
    );
  });

  it('hears that the app removes the user while a sign-in is open', async () => {
    manage();
    await userManager.storeUser(ada());
    const heard = vi.fn();
    const source = oidcClient(userManager);
    const stop = source.subscribe?.(heard);
    watch(source.login?.({}, context()) as Promise<void>);
    await vi.advanceTimersByTimeAsync(0);
    await userManager.removeUser();
    expect(heard).toHaveBeenCalledWith({ type: 'session', session: null });
    stop?.();
  });

  it('leaves the callback page after a sign-out, though the provider has dropped the state', async () => {
    manage();
    const navigate = vi.fn();
    await oidcCallback(userManager, { navigate });
    expect(navigate).toHaveBeenCalledWith('/');
    navigate.mockClear();
    vi.stubGlobal('opener', {});
    await oidcCallback(userManager, { navigate });
    expect(navigate).not.toHaveBeenCalled();
  });
});
