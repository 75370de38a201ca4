import {
  type INavigator,
  InMemoryWebStorage,
  UserManager,
  WebStorageStateStore,
} from 'oidc-client-ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDemo } from '../../demo/index.js';
import { oidcCallback } from '../../src/sources/oidc-client.js';

const app = 'http://localhost:6006';
const redirect_uri = `${app}/callback`;

let demo: Awaited<ReturnType<typeof startDemo>>;
/** The storage of the browser, which a reload keeps. */
let users: Storage;
let states: Storage;
let visited: string;

beforeAll(async () => {
  demo = await startDemo({ appOrigins: [app], redirectUris: [redirect_uri] });
});
afterAll(() => demo.stop());

beforeEach(() => {
  [users, states] = [new InMemoryWebStorage(), new InMemoryWebStorage()];
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Remembers the address instead of leaving the page. */
const windows: INavigator = {
  prepare: async () => ({
    navigate: async ({ url }) => {
      visited = url;
      return { url };
    },
    close: () => {},
  }),
  callback: async () => {},
};

/** The UserManager of a page; after a reload there is another one with the same storage. */
function createUserManager(): UserManager {
  return new UserManager(
    {
      authority: demo.issuer,
      client_id: demo.clientId,
      redirect_uri,
      scope: 'openid profile offline_access',
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: users }),
      stateStore: new WebStorageStateStore({ store: states }),
    },
    windows,
    windows,
    windows,
  );
}

/** Follows the redirects of the provider as a browser does, and returns the first address elsewhere. */
async function follow(
  url: string,
  cookies: Map<string, string>,
  body?: URLSearchParams,
): Promise<string> {
  if (!url.startsWith(demo.issuer)) return url;
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { Cookie: [...cookies].map((cookie) => cookie.join('=')).join('; ') },
    ...(body && { method: 'POST', body }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    cookies.set(name, value);
  }
  const target = response.headers.get('Location');
  return target ? follow(new URL(target, url).href, cookies) : url;
}

/** Signs in at the provider, and opens the callback page. */
async function signIn(): Promise<void> {
  await createUserManager().signinRedirect({ state: { returnTo: '/reports' } });
  const cookies = new Map<string, string>();
  const loginPage = await follow(visited, cookies);
  const callback = await follow(loginPage, cookies, new URLSearchParams({ sub: 'ada' }));
  expect(callback).toContain(`${redirect_uri}?code=`);
  open(callback);
}

function open(address: string): void {
  const { search, href } = new URL(address);
  vi.stubGlobal('location', { search, href });
  vi.stubGlobal('window', { location: { search, href } });
}

/** The number of codes that were exchanged since the call. */
function countExchanges(): () => number {
  const { signIns } = demo.counts();
  return () => demo.counts().signIns - signIns;
}

describe('the callback page', () => {
  it('exchanges a code once, and navigates once, if an effect runs twice', async () => {
    await signIn();
    const exchanges = countExchanges();
    const requests = vi.spyOn(globalThis, 'fetch');
    const navigate = vi.fn();
    // As React's StrictMode does in development: both runs start before the first answer.
    const effect = (): Promise<void> => oidcCallback(createUserManager(), { navigate });
    await Promise.all([effect(), effect()]);
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/reports');
    const posts = requests.mock.calls.filter(([, init]) => init?.method === 'POST');
    expect([exchanges(), posts.length]).toEqual([1, 1]);
    requests.mockRestore();
    expect(await createUserManager().getUser()).toMatchObject({ profile: { sub: 'ada' } });
    // A code that is used twice revokes the grant, so this refresh would be refused.
    expect(await createUserManager().signinSilent()).toMatchObject({ profile: { sub: 'ada' } });
  });

  it('navigates with the function of the latest run, because the first one was cleaned up', async () => {
    await signIn();
    const [first, second] = [vi.fn(), vi.fn()];
    const userManager = createUserManager();
    await Promise.all([
      oidcCallback(userManager, { navigate: first }),
      oidcCallback(userManager, { navigate: second }),
    ]);
    expect([first.mock.calls, second.mock.calls]).toEqual([[], [['/reports']]]);
  });

  it('rejects every run if the exchange fails', async () => {
    await signIn();
    await demo.control('provider/stop');
    const run = () => oidcCallback(createUserManager(), { navigate: vi.fn() });
    const outcomes = await Promise.allSettled([run(), run()]);
    await demo.control('provider/start');
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'ERR_NETWORK' } },
      { status: 'rejected', reason: { code: 'ERR_NETWORK' } },
    ]);
  });

  it('says what to do after a reload, and keeps the user', async () => {
    await signIn();
    await oidcCallback(createUserManager(), { navigate: () => {} });
    const exchanges = countExchanges();
    const navigate = vi.fn();
    await expect(oidcCallback(createUserManager(), { navigate })).rejects.toMatchObject({
      code: 'ERR_LOGIN_CANCELLED',
      message:
        'This sign-in is already complete, or was started in another browser. Offer the sign-in again.',
    });
    expect([exchanges(), navigate.mock.calls.length]).toEqual([0, 0]);
    expect(await createUserManager().getUser()).toMatchObject({ profile: { sub: 'ada' } });
  });

  it('completes a second sign-in in the same page', async () => {
    for (const _round of [1, 2]) {
      await signIn();
      const navigate = vi.fn();
      await oidcCallback(createUserManager(), { navigate });
      expect(navigate).toHaveBeenCalledExactlyOnceWith('/reports');
    }
  });
});
