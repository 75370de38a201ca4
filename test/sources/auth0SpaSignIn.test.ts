import { Auth0Client } from '@auth0/auth0-spa-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext } from '../../src/index.js';
import { auth0Spa, auth0SpaCallback } from '../../src/sources/auth0-spa.js';
import { type Auth0Provider, startAuth0Provider } from '../browser/sources/auth0Provider.ts';
import { appOrigin, openAuth0Page } from './auth0SpaPage.ts';
import { signInAda } from './auth0SpaUser.ts';

// The real SDK, with a real OpenID provider at Auth0's paths.

let provider: Auth0Provider;
let client: Auth0Client;

beforeAll(async () => {
  provider = await startAuth0Provider({ app: appOrigin, accessTokenTtl: 600 });
});
afterAll(() => provider.stop());

beforeEach(() => {
  openAuth0Page();
  client = new Auth0Client({
    domain: provider.domain,
    clientId: provider.clientId,
    useRefreshTokens: true,
    authorizationParams: { redirect_uri: appOrigin },
  });
});
afterEach(() => void vi.unstubAllGlobals());

const context = (options: Partial<LoginContext> = {}): LoginContext => ({
  signal: new AbortController().signal,
  forceRefresh: false,
  fetch,
  now: () => Date.now(),
  whenQuiet: (work) => work(),
  ...options,
});

describe('a sign-in or sign-out with auth0Spa', () => {
  it('sends the options of a sign-in by redirect, and returns to its page', async () => {
    const redirect = vi.spyOn(client, 'loginWithRedirect').mockResolvedValue();
    const { signal, cancel } = abortable();
    const request = { display: 'redirect', returnTo: '/reports', maxAge: 60_000 } as const;
    const login = auth0Spa(client).login?.(request, context({ signal }));
    cancel();
    await expect(login).rejects.toMatchObject({ code: 'ERR_LOGIN_CANCELLED' });
    expect(redirect).toHaveBeenCalledWith({
      authorizationParams: { max_age: '60' },
      appState: { returnTo: '/reports' },
    });
  });

  it('closes its pop-up when the sign-in is aborted', async () => {
    const popup = window.open('') as unknown as { closed: boolean };
    vi.stubGlobal('open', () => popup);
    const { signal, cancel } = abortable();
    const login = auth0Spa(client).login?.({}, context({ signal }));
    cancel();
    await expect(login).rejects.toMatchObject({ code: 'ERR_LOGIN_CANCELLED' });
    expect(popup.closed).toBe(true);
  });

  it('rejects with ERR_POPUP_BLOCKED if the browser opens no window', async () => {
    vi.stubGlobal('open', () => null);
    const login = auth0Spa(client).login?.({}, context());
    await expect(login).rejects.toMatchObject({ code: 'ERR_POPUP_BLOCKED' });
  });

  it('removes both users if a late refresh has replaced the one who has just signed in', async () => {
    vi.spyOn(client, 'loginWithPopup').mockImplementation(() => signInAda(client));
    const whenQuiet = async (work: () => Promise<void>): Promise<void> => {
      vi.spyOn(client, 'getIdTokenClaims').mockResolvedValueOnce({ sub: 'grace' } as never);
      await work();
    };
    const login = auth0Spa(client).login?.({}, context({ whenQuiet }));
    await expect(login).rejects.toMatchObject({ code: 'ERR_USER_CHANGED' });
    expect(await client.getUser()).toBeUndefined();
  });

  it('leaves the page to sign out, and comes back to this origin', async () => {
    await signInAda(client);
    const assign = vi.spyOn(location, 'assign');
    await auth0Spa(client).logout?.({ returnTo: '/bye' }, context());
    const address = new URL(String(assign.mock.calls[0]?.[0]));
    expect(address.pathname).toBe('/v2/logout');
    expect(address.searchParams.get('returnTo')).toBe(`${appOrigin}/bye`);
    expect(await client.getUser()).toBeUndefined();
  });
});

describe('auth0SpaCallback', () => {
  it('exchanges the code once, and returns to the page of the sign-in', async () => {
    const complete = vi
      .spyOn(client, 'handleRedirectCallback')
      .mockResolvedValue({ appState: { returnTo: '/reports' } } as never);
    location.search = '?code=once&state=x';
    const visited: string[] = [];
    const options = { navigate: (path: string) => void visited.push(path) };
    await Promise.all([auth0SpaCallback(client, options), auth0SpaCallback(client, options)]);
    expect([complete.mock.calls.length, visited]).toEqual([1, ['/reports', '/reports']]);
  });

  it('does nothing at another address', async () => {
    const complete = vi.spyOn(client, 'handleRedirectCallback');
    location.search = '?code=FRANCE';
    await auth0SpaCallback(client);
    expect(complete).not.toHaveBeenCalled();
  });

  it.each([
    ['?error=access_denied&state=y', 'ERR_LOGIN_CANCELLED', 'the user has cancelled the sign-in'],
    ['?code=used&state=z', 'ERR_LOGIN_CANCELLED', 'the page was reloaded'],
  ])('rejects at %s with %s, because %s', async (search, code) => {
    if (search.includes('error')) await client.loginWithRedirect({ openUrl: () => {} });
    location.search = search;
    location.href = `${appOrigin}/${search}`;
    await expect(auth0SpaCallback(client)).rejects.toMatchObject({ code });
  });

  it('refuses to return to another origin', async () => {
    const appState = { returnTo: '//evil.example' };
    vi.spyOn(client, 'handleRedirectCallback').mockResolvedValue({ appState } as never);
    location.search = '?code=evil&state=x';
    await expect(auth0SpaCallback(client)).rejects.toBeInstanceOf(TypeError);
  });
});

function abortable(): { signal: AbortSignal; cancel: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: () => setTimeout(() => controller.abort(), 50) };
}
