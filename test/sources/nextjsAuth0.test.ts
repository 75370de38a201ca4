import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoginContext, SessionSource, SourceLoginRequest } from '../../src/index.js';
import { nextjsAuth0 } from '../../src/sources/nextjs-auth0.js';
import {
  accessTokenRoute,
  isSignInNeeded,
  toInitialSession,
} from '../../src/sources/nextjs-auth0-server.js';

const start = Date.UTC(2026, 0, 1);
const profile = { sub: 'auth0|ada', name: 'Ada' };

let now: number;
let requests: { url: string; init: RequestInit }[];
let answers: Record<string, () => Response>;

const json = (body: unknown, status = 200) => Response.json(body, { status });
const refusal = (code: string) => json({ error: { code, message: 'No.' } }, 401);
const token = (fields: object = {}) =>
  json({
    token: 'opaque',
    scope: 'read',
    expires_at: start / 1_000 + 60,
    expires_in: 60,
    ...fields,
  });

beforeEach(() => {
  now = start;
  requests = [];
  answers = { '/auth/profile': () => json(profile), '/auth/access-token': () => token() };
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

function context(forceRefresh = false): LoginContext {
  return {
    signal: new AbortController().signal,
    forceRefresh,
    whenQuiet: (work) => work(),
    now: () => now,
    fetch: async (input, init = {}) => {
      const url = String(input);
      requests.push({ url, init });
      return answers[url.split('?')[0] ?? '']?.() ?? new Response('Not here.', { status: 404 });
    },
  };
}

const getToken = (source: SessionSource, forceRefresh = false, request = {}) =>
  source.getAccessToken?.(request, context(forceRefresh));

describe('getSession()', () => {
  it.each([
    ['401 and an empty body', () => new Response(null, { status: 401 })],
    ['204', () => new Response(null, { status: 204 })],
    ['401 and the JSON of version 3', () => json({ error: 'not_authenticated' }, 401)],
  ])('resolves with null after %s', async (_name, answer) => {
    answers['/auth/profile'] = answer;
    expect(await nextjsAuth0().getSession(context())).toBeNull();
  });

  it('rejects with a retryable error after a proxy’s 401 with HTML', async () => {
    answers['/auth/profile'] = () =>
      new Response('<html>Password?</html>', {
        status: 401,
        headers: { 'Content-Type': 'text/html' },
      });
    await expect(nextjsAuth0().getSession(context())).rejects.toMatchObject({ retryable: true });
  });

  it('reads the session’s dates from the configured claims', async () => {
    const claims = { ...profile, began: start / 1_000, ends: start / 1_000 + 3_600 };
    answers['/auth/profile'] = () => json({ ...claims, auth_time: start / 1_000, acr: 'mfa' });
    const options = { sessionStartClaim: 'began', sessionEndClaim: 'ends' };
    const dates = { startedAt: start, expiresAt: start + 3_600_000 };
    expect(await nextjsAuth0(options).getSession(context())).toMatchObject({
      user: claims,
      ...dates,
      authenticatedAt: start,
      acr: 'mfa',
    });
    expect(toInitialSession(claims, options)).toMatchObject(dates);
    expect(toInitialSession(undefined)).toBeNull();
  });

  it('bypasses every cache', async () => {
    await nextjsAuth0().getSession(context());
    expect(requests[0]?.init.cache).toBe('no-store');
  });
});

describe('the routes', () => {
  const urls = async (options = {}) => {
    requests = [];
    const source = nextjsAuth0(options);
    await source.getSession(context()).catch(() => {});
    await getToken(source)?.catch(() => {});
    return requests.map(({ url }) => url);
  };

  it('are those of version 4 by default, or those of version 3', async () => {
    expect(await urls()).toEqual(['/auth/profile', '/auth/access-token']);
    expect(await urls({ version: 3 })).toEqual(['/api/auth/me', '/api/auth/access-token']);
  });

  it('follow the environment variables, and the options before these', async () => {
    vi.stubEnv('NEXT_PUBLIC_BASE_PATH', 'docs/');
    vi.stubEnv('NEXT_PUBLIC_PROFILE_ROUTE', '/who');
    expect(await urls()).toEqual(['/docs/who', '/docs/auth/access-token']);
    const routes = { profile: '/me', accessToken: '/token' };
    expect(await urls({ basePath: '/app', routes })).toEqual(['/app/me', '/app/token']);
  });

  it('carry the audience, the scope and the request for a new token', async () => {
    await getToken(nextjsAuth0(), true, { audience: 'https://api', scope: 'read write' });
    expect(requests[0]?.url).toBe(
      '/auth/access-token?audience=https%3A%2F%2Fapi&scope=read+write&refresh=true',
    );
  });
});

describe('an access token', () => {
  it('expires after its remaining seconds, less one for rounding', async () => {
    expect(await getToken(nextjsAuth0())).toEqual({
      value: 'opaque',
      scope: 'read',
      expiresAt: start + 59_000,
      refreshableWithin: 0,
    });
  });

  it('has no expiry if the provider names none', async () => {
    answers['/auth/access-token'] = () => token({ expires_at: 0, expires_in: 0 });
    expect(await getToken(nextjsAuth0())).not.toHaveProperty('expiresAt');
  });

  it('is refreshable within the SDK’s buffer, or at any time by a route of the app', async () => {
    const source = nextjsAuth0({ tokenRefreshBuffer: '30s' });
    expect(await getToken(source)).toMatchObject({ refreshableWithin: 30_000 });
    answers['/auth/access-token'] = () => token({ refreshable: true });
    expect(await getToken(source)).not.toHaveProperty('refreshableWithin');
  });

  it('with one second left is requested again after that second', async () => {
    vi.useFakeTimers();
    const last = [token({ expires_in: 1 }), token({ token: 'next' })];
    answers['/auth/access-token'] = () => last.shift() ?? token();
    const waiting = getToken(nextjsAuth0());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waiting).toMatchObject({ value: 'next' });
  });

  it('that always has one second left is requested only twice', async () => {
    vi.useFakeTimers();
    answers['/auth/access-token'] = () => token({ expires_in: 1 });
    const waiting = getToken(nextjsAuth0());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waiting).toMatchObject({ value: 'opaque' });
    expect(requests).toHaveLength(2);
  });

  it.each([[null], [[]], [true], ['3600']])(
    'has an invalid expiry if the seconds are %j',
    async (expires_in) => {
      answers['/auth/access-token'] = () => token({ expires_in });
      expect(await getToken(nextjsAuth0())).toMatchObject({ expiresAt: Number.NaN });
    },
  );

  it.each([
    ['missing_session', 'ERR_MISSING_SESSION'],
    ['session_expired', 'ERR_EXPIRED_SESSION'],
    ['missing_refresh_token', 'ERR_MISSING_REFRESH_TOKEN'],
    ['failed_to_refresh_token', 'ERR_SERVER'],
    ['discovery_error', 'ERR_SERVER'],
    ['something_new', 'ERR_SERVER'],
    ['ERR_MISSING_SESSION', 'ERR_MISSING_SESSION'],
    ['ERR_MISSING_ACCESS_TOKEN', 'ERR_LOGIN_REQUIRED'],
    ['ERR_MISSING_REFRESH_TOKEN', 'ERR_MISSING_REFRESH_TOKEN'],
    ['ERR_EXPIRED_ACCESS_TOKEN', 'ERR_EXPIRED_ACCESS_TOKEN'],
    ['ERR_INSUFFICIENT_SCOPE', 'ERR_INSUFFICIENT_SCOPE'],
    ['ERR_FAILED_REFRESH_GRANT', 'ERR_SERVER'],
  ])('refused with %s rejects with %s', async (code, expected) => {
    answers['/auth/access-token'] = () => refusal(code);
    await expect(getToken(nextjsAuth0())).rejects.toMatchObject({ code: expected });
  });

  it('that requires a second factor rejects with ERR_STEP_UP_REQUIRED', async () => {
    answers['/auth/access-token'] = () =>
      json({ error: 'mfa_required', error_description: 'x', mfa_token: 'secret' }, 403);
    const error: unknown = await getToken(nextjsAuth0())?.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_STEP_UP_REQUIRED' });
    expect(String(error)).not.toContain('secret');
  });
});

describe('an ambiguous refusal', () => {
  const ambiguous = () => refusal('failed_to_refresh_token');
  const codeAfter = async (source: SessionSource, ms: number) => {
    now = start + ms;
    return getToken(source)?.then(
      () => 'a token',
      ({ code }: { code: string }) => code,
    );
  };

  it('is treated as an outage for two minutes, and then requires a sign-in', async () => {
    const source = nextjsAuth0();
    answers['/auth/access-token'] = ambiguous;
    expect(await codeAfter(source, 0)).toBe('ERR_SERVER');
    expect(await codeAfter(source, 60_000)).toBe('ERR_SERVER');
    expect(await codeAfter(source, 119_999)).toBe('ERR_SERVER');
    expect(requests.some(({ url }) => url === '/auth/profile')).toBe(false);
    expect(await codeAfter(source, 120_000)).toBe('ERR_REFRESH_FAILED');
  });

  it('ends the session only if the profile confirms it', async () => {
    const source = nextjsAuth0({ giveUpAfter: '1m' });
    answers['/auth/access-token'] = ambiguous;
    await codeAfter(source, 0);
    answers['/auth/profile'] = () => new Response(null, { status: 500 });
    expect(await codeAfter(source, 60_000)).toBe('ERR_SERVER');
    answers['/auth/profile'] = () => new Response(null, { status: 401 });
    expect(await codeAfter(source, 70_000)).toBe('ERR_MISSING_SESSION');
  });

  it('starts a new period after a token, and after a time without requests', async () => {
    const source = nextjsAuth0();
    answers['/auth/access-token'] = ambiguous;
    await codeAfter(source, 0);
    answers['/auth/access-token'] = () => token();
    expect(await codeAfter(source, 100_000)).toBe('a token');
    answers['/auth/access-token'] = ambiguous;
    expect(await codeAfter(source, 130_000)).toBe('ERR_SERVER');
    expect(await codeAfter(source, 3_600_000)).toBe('ERR_SERVER');
  });
});

describe('extend()', () => {
  it('exists only if a route extends the session', () => {
    expect(nextjsAuth0()).not.toHaveProperty('extend');
  });

  it('requests that route, and resolves with the session', async () => {
    answers['/roll'] = () => new Response(null, { status: 204 });
    const source = nextjsAuth0({ routes: { extend: '/roll' } });
    expect(await source.extend?.(context())).toMatchObject({ user: profile });
    expect(requests.map(({ url }) => url)).toEqual(['/roll', '/auth/profile']);
  });

  it('rejects if the route fails', async () => {
    answers['/roll'] = () => new Response('Oops', { status: 502 });
    const source = nextjsAuth0({ routes: { extend: '/roll' } });
    await expect(source.extend?.(context())).rejects.toMatchObject({ code: 'ERR_SERVER' });
  });
});

describe('a sign-in', () => {
  const page = { origin: 'https://app.test', pathname: '/notes', search: '?page=2' };
  let visited: string[];
  let popup: { closed: boolean; location: { pathname: string }; close(): void };
  let opened: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    visited = [];
    opened = [];
    popup = {
      closed: false,
      location: { pathname: 'blank' },
      close: () => {
        popup.closed = true;
      },
    };
    vi.stubGlobal('location', { ...page, assign: (url: string) => visited.push(url) });
    vi.stubGlobal('open', (url: string) => {
      opened.push(url);
      return popup;
    });
  });

  const login = (request: SourceLoginRequest = {}) => {
    const outcome = nextjsAuth0().login?.(request, context());
    outcome?.catch(() => {});
    return outcome;
  };

  it('opens a pop-up, and closes it when it returns to the app', async () => {
    const done = login({
      prompt: 'login',
      maxAge: 300_000,
      loginHint: 'ada',
      acrValues: ['a', 'b'],
    });
    expect(opened).toEqual([
      '/auth/login?returnTo=%2Fauth%2Fprofile&prompt=login&max_age=300&acr_values=a+b&login_hint=ada',
    ]);
    // The location of a window at another origin cannot be read.
    Object.defineProperty(popup, 'location', {
      configurable: true,
      get: () => {
        throw new Error('SecurityError');
      },
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(popup.closed).toBe(false);
    Object.defineProperty(popup, 'location', { value: { pathname: '/auth/profile' } });
    await vi.advanceTimersByTimeAsync(200);
    await done;
    expect(popup.closed).toBe(true);
  });

  it('is cancelled when the user closes the pop-up, and blocked if none opens', async () => {
    const done = login();
    popup.closed = true;
    await vi.advanceTimersByTimeAsync(200);
    await expect(done).rejects.toMatchObject({ code: 'ERR_LOGIN_CANCELLED' });
    expect(vi.getTimerCount()).toBe(0);
    vi.stubGlobal('open', () => null);
    await expect(nextjsAuth0().login?.({}, context())).rejects.toMatchObject({
      code: 'ERR_POPUP_BLOCKED',
    });
  });

  it('by redirect returns to the current page, or to returnTo', () => {
    vi.stubGlobal('addEventListener', () => {});
    void login({ display: 'redirect' });
    void login({ display: 'redirect', returnTo: '/next', maxAge: 0 });
    expect(visited).toEqual([
      '/auth/login?returnTo=%2Fnotes%3Fpage%3D2',
      '/auth/login?returnTo=%2Fnext&max_age=0',
    ]);
  });

  it('sends only the fields of a SourceLoginRequest, even if it gets the event of a click', () => {
    void login({ type: 'click', target: {}, loginHint: 'ada' } as SourceLoginRequest);
    expect(opened).toEqual(['/auth/login?returnTo=%2Fauth%2Fprofile&login_hint=ada']);
  });

  it('removes the base path from returnTo, because the SDK adds it', async () => {
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('location', {
      ...page,
      pathname: '/docs/notes',
      assign: (to: string) => visited.push(to),
    });
    const source = nextjsAuth0({ basePath: '/docs' });
    void source.login?.({ display: 'redirect' }, context());
    const done = source.login?.({}, context());
    popup.location = { pathname: '/docs/auth/profile' };
    await vi.advanceTimersByTimeAsync(200);
    await done;
    expect(visited).toEqual(['/docs/auth/login?returnTo=%2Fnotes%3Fpage%3D2']);
    expect(opened).toEqual(['/docs/auth/login?returnTo=%2Fauth%2Fprofile']);
  });

  it('passes a full URL as returnTo to the SDK’s sign-out route', async () => {
    await nextjsAuth0().logout?.({ returnTo: '/bye' }, context());
    await nextjsAuth0().logout?.({}, context());
    expect(visited).toEqual(['/auth/logout?returnTo=https%3A%2F%2Fapp.test%2Fbye', '/auth/logout']);
  });
});

describe('accessTokenRoute', () => {
  const failure = (code: string, cause?: string) =>
    Object.assign(new Error('No.'), { code, cause: cause && { code: cause } });
  const answerOf = async (getAccessToken: (options: object) => Promise<never>, query = '') => {
    const response = await accessTokenRoute({ getAccessToken })(
      new Request(`https://app.test/api/access-token${query}`),
    );
    return { status: response.status, body: await response.json() };
  };

  it('passes the request to the SDK, and returns its answer', async () => {
    vi.useFakeTimers({ now: start });
    const getAccessToken = vi.fn(async () => ({
      token: 'opaque',
      expiresAt: start / 1_000 + 60,
      scope: 'read',
    }));
    const { status, body } = await answerOf(getAccessToken as never, '?audience=api&refresh=true');
    expect(getAccessToken).toHaveBeenCalledWith({ audience: 'api', refresh: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token: 'opaque', expires_in: 60, refreshable: true });
  });

  it.each([
    [
      failure('failed_to_refresh_token', 'invalid_grant'),
      401,
      { error: { code: 'invalid_grant' } },
    ],
    [failure('failed_to_refresh_token', 'unknown_error'), 503, {}],
    [failure('discovery_error'), 503, {}],
    [failure('missing_session'), 401, { error: { code: 'missing_session' } }],
    [failure('mfa_required'), 403, { error: 'mfa_required' }],
  ])('distinguishes an outage from a refusal: %o', async (error, status, body) => {
    expect(await answerOf(() => Promise.reject(error))).toEqual({ status, body });
  });

  it('rethrows an error of the app', async () => {
    await expect(answerOf(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
  });

  it.each([
    [failure('missing_session'), true],
    [failure('failed_to_refresh_token', 'invalid_grant'), true],
    [failure('failed_to_refresh_token', 'unknown_error'), false],
    [failure('discovery_error'), false],
  ])('isSignInNeeded() reads %o', (error, expected) => {
    expect(isSignInNeeded(error)).toBe(expected);
  });
});

it('throws a TypeError for an invalid duration', () => {
  expect(() => nextjsAuth0({ giveUpAfter: 'soon' as never })).toThrow(TypeError);
  expect(() => nextjsAuth0({ tokenRefreshBuffer: -1 })).toThrow(TypeError);
});
