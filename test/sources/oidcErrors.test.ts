import { randomBytes } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import {
  type INavigator,
  InMemoryWebStorage,
  type NavigateResponse,
  User,
  UserManager,
  WebStorageStateStore,
} from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAccessToken } from '../../src/core/validate.js';
import { SessionError, type SessionSource, type SourceContext } from '../../src/index.js';
import { oidcCallback, oidcClient } from '../../src/sources/oidc-client.js';
import { toOidcError } from '../../src/sources/oidcErrors.js';
import { Later } from '../support/promises.js';

const redirectUri = 'http://app.test/callback';
const context = (forceRefresh = false): SourceContext => ({
  signal: new AbortController().signal,
  forceRefresh,
  fetch,
  now: () => Date.now(),
});

/** Answers a request whose body it is given, so that it can quote it. */
type Answer = (response: ServerResponse, quote: string) => void;

let server: Server;
let authority: string;
let answer: Answer;
let asked: number;
let secrets: string[];
let users: InMemoryWebStorage;
let states: InMemoryWebStorage;
let userManager: UserManager;
let source: SessionSource;

beforeEach(async () => {
  asked = 0;
  server = createServer(async (request, response) => {
    asked++;
    answer(response, await new Response(request as never).text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [users, states] = [new InMemoryWebStorage(), new InMemoryWebStorage()];
  use();
  await signIn();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A UserManager for the same person; `windows` stands for the browser's. */
function use({ windows, settings }: { windows?: INavigator; settings?: object } = {}): void {
  userManager = new UserManager(
    {
      authority,
      client_id: 'app',
      redirect_uri: redirectUri,
      post_logout_redirect_uri: redirectUri,
      popup_post_logout_redirect_uri: '',
      metadata: {
        issuer: authority,
        authorization_endpoint: `${authority}/authorize`,
        end_session_endpoint: `${authority}/end`,
        token_endpoint: `${authority}/token`,
      },
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: users }),
      stateStore: new WebStorageStateStore({ store: states }),
      ...settings,
    },
    windows,
    windows,
    windows,
  );
  source = oidcClient(userManager);
}

async function signIn(): Promise<void> {
  secrets = Array.from({ length: 3 }, () => randomBytes(24).toString('hex'));
  const [access_token = '', refresh_token = '', id_token = ''] = secrets;
  await userManager.storeUser(
    new User({
      access_token,
      refresh_token,
      id_token,
      token_type: 'Bearer',
      profile: { sub: 'ada', iss: authority, aud: 'app', exp: 1, iat: 1 },
      expires_at: Math.floor(Date.now() / 1_000) + 60,
    }),
  );
}

function send(status: number, type: string, write: (quote: string) => string): Answer {
  return (response, quote) => {
    response.writeHead(status, type ? { 'Content-Type': type } : {});
    response.end(write(quote));
  };
}

const json = (status: number, write: (quote: string) => object): Answer =>
  send(status, 'application/json', (quote) => JSON.stringify(write(quote)));

/** What a pop-up, a hidden frame or a redirect comes back with. */
function windowsThat(comeBack: (state: string) => Promise<NavigateResponse>): INavigator {
  return {
    prepare: async () => ({
      navigate: ({ state = '' }) => comeBack(state),
      close: () => {},
    }),
    callback: async () => {},
  };
}

const windowsWithError = (error: string): INavigator =>
  windowsThat(async (state) => ({
    url: `${redirectUri}?error=${error}&error_description=${secrets[1]}&state=${state}`,
  }));

async function failure(call: Promise<unknown> | undefined): Promise<Error> {
  const outcome = await call?.then(
    () => null,
    (error: Error) => error,
  );
  if (!outcome) throw new Error('It did not fail.');
  return outcome;
}

const refresh = () => source.getAccessToken?.({}, context(true));

/** Whether any part of a token, however hidden, can be read from the error. */
function carriesToken(error: Error): boolean {
  const texts = [
    String(error),
    error.stack,
    JSON.stringify(error),
    JSON.stringify(Object.values(error)),
    inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ];
  // A parser quotes the first few characters.
  return secrets.some((secret) => texts.join().includes(secret.slice(0, 8)));
}

describe('a provider that quotes the request in its answer', () => {
  const html = (quote: string) => `<html>${quote}</html>`;
  const refreshTokenFirst = (quote: string) =>
    `${new URLSearchParams(quote).get('refresh_token')} is no JSON`;

  it.each<[string, string, Answer]>([
    [
      'invalid_grant',
      'ERR_REFRESH_FAILED',
      json(400, (quote) => ({ error: 'invalid_grant', error_description: quote })),
    ],
    [
      'an error that is a text of its own',
      'ERR_BAD_RESPONSE',
      json(400, (quote) => ({ error: `cannot serve ${quote}` })),
    ],
    ['429', 'ERR_RATE_LIMITED', json(429, (quote) => ({ message: quote }))],
    ['503', 'ERR_SERVER', json(503, (quote) => ({ message: quote }))],
    ['503 without a word', 'ERR_SERVER', send(503, '', () => '')],
    ['408', 'ERR_TIMEOUT', json(408, (quote) => ({ message: quote }))],
    ['404', 'ERR_BAD_RESPONSE', json(404, (quote) => ({ message: quote }))],
    ['HTML for 200', 'ERR_BAD_RESPONSE', send(200, 'text/html', html)],
    ['HTML called JSON', 'ERR_BAD_RESPONSE', send(200, 'application/json', html)],
    ['a token called JSON', 'ERR_BAD_RESPONSE', send(200, 'application/json', refreshTokenFirst)],
    ['a cut answer', 'ERR_NETWORK', (response) => response.destroy()],
  ])('%s is %s, without any token in it', async (_name, code, answers) => {
    answer = answers;
    const error = await failure(refresh());
    expect(error).toBeInstanceOf(SessionError);
    expect(error).toMatchObject({ code, retryable: code !== 'ERR_REFRESH_FAILED' });
    expect(error.cause).toBeUndefined();
    expect(carriesToken(error)).toBe(false);
    expect((await userManager.getUser())?.refresh_token).toBe(secrets[1]);
  });

  it('would have been found out: the SDK’s own error carries the token', async () => {
    answer = json(400, () => ({ error: 'invalid_grant' }));
    expect(carriesToken(await failure(userManager.signinSilent()))).toBe(true);
  });

  it('ends nothing by an error that is not even text', async () => {
    answer = json(400, (quote) => ({ error: { code: 'invalid_grant', quote } }));
    const error = await failure(refresh());
    expect(error).toMatchObject({ name: 'SessionError', retryable: true });
    expect(carriesToken(error)).toBe(false);
  });
});

describe('an answer without a token', () => {
  it.each<[string, Answer]>([
    ['an empty body', send(200, 'application/json', () => '')],
    ['204', send(204, '', () => '')],
    ['{}', json(200, () => ({}))],
  ])('is never taken for one, and the next refresh mends it: %s', async (_name, answers) => {
    const asCoreReadsIt = async (call: Promise<unknown> | undefined) =>
      readAccessToken(await call, Date.now(), source.name);
    answer = answers;
    expect(await failure(asCoreReadsIt(refresh()))).toMatchObject({ code: 'ERR_BAD_RESPONSE' });
    answer = json(200, () => ({ access_token: 'next', token_type: 'Bearer', expires_in: 60 }));
    const mended = asCoreReadsIt(refresh());
    expect(await mended).toMatchObject({ value: 'next' });
  });
});

describe('what cannot be asked at all', () => {
  it('is a network failure where nobody listens, and no token is in it', async () => {
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(refresh());
    expect(error).toMatchObject({ code: 'ERR_NETWORK', retryable: true });
    expect(carriesToken(error)).toBe(false);
  });

  it.each([{ audience: 'https://api.test' }, { scope: 'notes:write' }])(
    'is a token for %j: the provider is not asked',
    async (request) => {
      const error = await failure(source.getAccessToken?.(request, context(true)));
      expect(error).toMatchObject({ code: 'ERR_NOT_SUPPORTED', retryable: false });
      expect(asked).toBe(0);
    },
  );
});

describe('a sign-in', () => {
  it.each([
    ['access_denied', 'ERR_LOGIN_CANCELLED'],
    ['login_required', 'ERR_LOGIN_REQUIRED'],
    ['interaction_required', 'ERR_LOGIN_REQUIRED'],
    ['unmet_authentication_requirements', 'ERR_STEP_UP_REQUIRED'],
    ['invalid_scope', 'ERR_INSUFFICIENT_SCOPE'],
    ['temporarily_unavailable', 'ERR_SERVER'],
    ['unauthorized_client', 'ERR_BAD_RESPONSE'],
  ])('that comes back with %s is %s', async (error, code) => {
    use({ windows: windowsWithError(error) });
    const failed = await failure(source.login?.({ display: 'popup' }, context()));
    expect(failed).toMatchObject({ name: 'SessionError', code });
    expect(carriesToken(failed)).toBe(false);
  });

  it.each<[string, object | null, string]>([
    ['never opens', null, 'ERR_POPUP_BLOCKED'],
    ['is closed by the person', { closed: true }, 'ERR_LOGIN_CANCELLED'],
  ])('whose pop-up %s says so', async (_name, state, code) => {
    const popup = state && { ...state, focus() {}, close() {}, location: { replace() {} } };
    const listening = { addEventListener() {}, removeEventListener() {} };
    vi.stubGlobal('window', { open: () => popup, location: new URL(redirectUri), ...listening });
    const failed = await failure(source.login?.({ display: 'popup' }, context()));
    expect(failed).toMatchObject({ name: 'SessionError', code, retryable: false });
  });

  it('is cancelled where a redirect is called off', () => {
    expect(toOidcError(new Error('Redirect aborted'))).toMatchObject({
      code: 'ERR_LOGIN_CANCELLED',
    });
  });
});

describe('a session that is to be restored', () => {
  beforeEach(() => userManager.removeUser());

  it.each([
    ['nobody only where the provider says so', 'login_required', null],
    ['unknown where it does not', 'server_error', 'ERR_SERVER'],
  ])('is %s', async (_name, error, code) => {
    use({ windows: windowsWithError(error) });
    const restoring = oidcClient(userManager, { restoreSession: true }).getSession(context());
    if (code) expect(await failure(restoring)).toMatchObject({ code });
    else expect(await restoring).toBeNull();
  });
});

describe('the session monitor', () => {
  it.each([
    ['login_required', [{ type: 'revoked' }]],
    ['server_error', []],
  ])('is believed only where the provider agrees: %s', async (error, news) => {
    use({ windows: windowsWithError(error) });
    const question = vi.spyOn(userManager, 'querySessionStatus');
    const onEvent = vi.fn();
    source.subscribe?.(onEvent);
    await userManager.events._raiseUserSignedOut();
    await failure(question.mock.results[0]?.value);
    expect(onEvent.mock.calls.flat()).toEqual(news);
  });

  it('and every other event go unheard after unsubscribing', async () => {
    use({ windows: windowsWithError('login_required') });
    const question = vi.spyOn(userManager, 'querySessionStatus');
    const onEvent = vi.fn();
    source.subscribe?.(onEvent)();
    await userManager.events.load((await userManager.getUser()) as User);
    await userManager.events._raiseUserSignedOut();
    await userManager.removeUser();
    expect(onEvent).not.toHaveBeenCalled();
    expect(question).not.toHaveBeenCalled();
  });
});

describe('the way back from a sign-out', () => {
  it('leads to where the person was', async () => {
    expect(await comeBack((stored) => stored)).toEqual(['/reports']);
  });

  /** Signs out by a redirect, and comes back to the callback page after `touch` has been at the state. */
  async function comeBack(touch: (stored: string) => string): Promise<string[]> {
    const left = new Later<string>();
    use({
      windows: windowsThat(async (id) => {
        left.resolve(id);
        return { url: redirectUri };
      }),
    });
    await source.logout?.({ display: 'redirect', returnTo: '/reports' }, context());
    const state = await left.promise;
    const stored = states.getItem(`oidc.${state}`) ?? '';
    expect(stored).toContain('"/reports"');
    states.setItem(`oidc.${state}`, touch(stored));
    const page = new URL(`${redirectUri}?state=${state}`);
    vi.stubGlobal('location', page);
    vi.stubGlobal('window', { location: page });
    const visited: string[] = [];
    await oidcCallback(userManager, { navigate: (returnTo) => visited.push(returnTo) }).catch(
      () => {},
    );
    return visited;
  }

  it.each([
    '//evil.test',
    'https://evil.test/',
    '/\\evil.test',
    '/\t/evil.test',
    'javascript:alert(1)',
  ])('never leads to %j, whoever wrote it into the store', async (evil) => {
    const touched = comeBack((stored) => stored.replace('"/reports"', JSON.stringify(evil)));
    expect(await touched).not.toContain(evil);
  });
});
