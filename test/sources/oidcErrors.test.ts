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
import { type LoginContext, SessionError, type SessionSource } from '../../src/index.js';
import { oidcCallback, oidcClient } from '../../src/sources/oidc-client.js';
import { toOidcError } from '../../src/sources/oidcErrors.js';
import { Deferred } from '../support/promises.js';

const redirectUri = 'http://app.test/callback';
const context = (forceRefresh = false): LoginContext => ({
  signal: new AbortController().signal,
  forceRefresh,
  whenQuiet: (work) => work(),
  fetch,
  now: () => Date.now(),
});

/** Answers a request; `quote` is the request's body, which the answer may contain. */
type Answer = (response: ServerResponse, quote: string) => void;

let server: Server;
let authority: string;
let answer: Answer;
let requests: number;
let secrets: string[];
let users: InMemoryWebStorage;
let states: InMemoryWebStorage;
let userManager: UserManager;
let source: SessionSource;

beforeEach(async () => {
  requests = 0;
  server = createServer(async (request, response) => {
    requests++;
    answer(response, await new Response(request as never).text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [users, states] = [new InMemoryWebStorage(), new InMemoryWebStorage()];
  createUserManager();
  await signIn();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Creates a UserManager for the same user; `windows` replaces the browser's windows. */
function createUserManager({
  windows,
  settings,
}: {
  windows?: INavigator;
  settings?: object;
} = {}): void {
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

/** Windows (pop-up, hidden frame, redirect) that return with the given answer. */
function windowsWith(answerFor: (state: string) => Promise<NavigateResponse>): INavigator {
  return {
    prepare: async () => ({
      navigate: ({ state = '' }) => answerFor(state),
      close: () => {},
    }),
    callback: async () => {},
  };
}

const windowsWithError = (error: string): INavigator =>
  windowsWith(async (state) => ({
    url: `${redirectUri}?error=${error}&error_description=${secrets[1]}&state=${state}`,
  }));

async function errorOf(call: Promise<unknown> | undefined): Promise<Error> {
  const outcome = await call?.then(
    () => null,
    (error: Error) => error,
  );
  if (!outcome) throw new Error('The call was expected to reject, but it resolved.');
  return outcome;
}

const refresh = () => source.getAccessToken?.({}, context(true));

/** Whether any part of a token can be read from the error, in hidden properties too. */
function containsToken(error: Error): boolean {
  const texts = [
    String(error),
    error.stack,
    JSON.stringify(error),
    JSON.stringify(Object.values(error)),
    inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ];
  // The message of a parser quotes the first characters.
  return secrets.some((secret) => texts.join().includes(secret.slice(0, 8)));
}

describe('if the provider’s answer quotes the request', () => {
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
      'an error with a free text',
      'ERR_BAD_RESPONSE',
      json(400, (quote) => ({ error: `cannot serve ${quote}` })),
    ],
    ['429', 'ERR_RATE_LIMITED', json(429, (quote) => ({ message: quote }))],
    ['503', 'ERR_SERVER', json(503, (quote) => ({ message: quote }))],
    ['503 with an empty body', 'ERR_SERVER', send(503, '', () => '')],
    ['408', 'ERR_TIMEOUT', json(408, (quote) => ({ message: quote }))],
    ['404', 'ERR_BAD_RESPONSE', json(404, (quote) => ({ message: quote }))],
    ['HTML for 200', 'ERR_BAD_RESPONSE', send(200, 'text/html', html)],
    ['HTML declared as JSON', 'ERR_BAD_RESPONSE', send(200, 'application/json', html)],
    [
      'a token declared as JSON',
      'ERR_BAD_RESPONSE',
      send(200, 'application/json', refreshTokenFirst),
    ],
    ['a closed connection', 'ERR_NETWORK', (response) => response.destroy()],
  ])('%s becomes %s, without a token in it', async (_name, code, answers) => {
    answer = answers;
    const error = await errorOf(refresh());
    expect(error).toBeInstanceOf(SessionError);
    expect(error).toMatchObject({ code, retryable: code !== 'ERR_REFRESH_FAILED' });
    expect(error.cause).toBeUndefined();
    expect(containsToken(error)).toBe(false);
    expect((await userManager.getUser())?.refresh_token).toBe(secrets[1]);
  });

  it('the test detects a token: the SDK’s own error contains one', async () => {
    answer = json(400, () => ({ error: 'invalid_grant' }));
    expect(containsToken(await errorOf(userManager.signinSilent()))).toBe(true);
  });

  it('an error that is not a string is retryable', async () => {
    answer = json(400, (quote) => ({ error: { code: 'invalid_grant', quote } }));
    const error = await errorOf(refresh());
    expect(error).toMatchObject({ name: 'SessionError', retryable: true });
    expect(containsToken(error)).toBe(false);
  });
});

describe('after an answer without a token', () => {
  it.each<[string, Answer]>([
    ['an empty body', send(200, 'application/json', () => '')],
    ['204', send(204, '', () => '')],
    ['{}', json(200, () => ({}))],
  ])('rejects, and the next refresh succeeds: %s', async (_name, answers) => {
    const validated = async (call: Promise<unknown> | undefined) =>
      readAccessToken(await call, Date.now(), source.name);
    answer = answers;
    expect(await errorOf(validated(refresh()))).toMatchObject({ code: 'ERR_BAD_RESPONSE' });
    answer = json(200, () => ({ access_token: 'next', token_type: 'Bearer', expires_in: 60 }));
    const next = validated(refresh());
    expect(await next).toMatchObject({ value: 'next' });
  });
});

describe('a request that cannot be sent', () => {
  it('rejects with ERR_NETWORK if the connection is refused, without a token in it', async () => {
    await new Promise((resolve) => server.close(resolve));
    const error = await errorOf(refresh());
    expect(error).toMatchObject({ code: 'ERR_NETWORK', retryable: true });
    expect(containsToken(error)).toBe(false);
  });

  it.each([{ audience: 'https://api.test' }, { scope: 'notes:write' }])(
    'rejects with ERR_NOT_SUPPORTED for %j, without a request to the provider',
    async (request) => {
      const error = await errorOf(source.getAccessToken?.(request, context(true)));
      expect(error).toMatchObject({ code: 'ERR_NOT_SUPPORTED', retryable: false });
      expect(requests).toBe(0);
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
  ])('that returns with %s rejects with %s', async (error, code) => {
    createUserManager({ windows: windowsWithError(error) });
    const failed = await errorOf(source.login?.({ display: 'popup' }, context()));
    expect(failed).toMatchObject({ name: 'SessionError', code });
    expect(containsToken(failed)).toBe(false);
  });

  it.each<[string, object | null, string]>([
    ['does not open', null, 'ERR_POPUP_BLOCKED'],
    ['is closed by the user', { closed: true }, 'ERR_LOGIN_CANCELLED'],
  ])('whose pop-up %s rejects with the reason', async (_name, state, code) => {
    const popup = state && { ...state, focus() {}, close() {}, location: { replace() {} } };
    const listening = { addEventListener() {}, removeEventListener() {} };
    vi.stubGlobal('window', { open: () => popup, location: new URL(redirectUri), ...listening });
    const failed = await errorOf(source.login?.({ display: 'popup' }, context()));
    expect(failed).toMatchObject({ name: 'SessionError', code, retryable: false });
  });

  it('is cancelled if the redirect is aborted', () => {
    expect(toOidcError(new Error('Redirect aborted'))).toMatchObject({
      code: 'ERR_LOGIN_CANCELLED',
    });
  });
});

describe('with restoreSession, the session', () => {
  beforeEach(() => userManager.removeUser());

  it.each([
    ['null if the provider says so', 'login_required', null],
    ['unknown after another error', 'server_error', 'ERR_SERVER'],
  ])('is %s', async (_name, error, code) => {
    createUserManager({ windows: windowsWithError(error) });
    const restoring = oidcClient(userManager, { restoreSession: true }).getSession(context());
    if (code) expect(await errorOf(restoring)).toMatchObject({ code });
    else expect(await restoring).toBeNull();
  });
});

describe('the session monitor', () => {
  it.each([
    ['login_required', [{ type: 'revoked' }]],
    ['server_error', []],
  ])('is believed only if the provider confirms it: %s', async (error, events) => {
    createUserManager({ windows: windowsWithError(error) });
    const statusRequest = vi.spyOn(userManager, 'querySessionStatus');
    const onEvent = vi.fn();
    source.subscribe?.(onEvent);
    await userManager.events._raiseUserSignedOut();
    await errorOf(statusRequest.mock.results[0]?.value);
    expect(onEvent.mock.calls.flat()).toEqual(events);
  });

  it('reports nothing after unsubscribing, like every other event', async () => {
    createUserManager({ windows: windowsWithError('login_required') });
    const statusRequest = vi.spyOn(userManager, 'querySessionStatus');
    const onEvent = vi.fn();
    source.subscribe?.(onEvent)();
    await userManager.events.load((await userManager.getUser()) as User);
    await userManager.events._raiseUserSignedOut();
    await userManager.removeUser();
    expect(onEvent).not.toHaveBeenCalled();
    expect(statusRequest).not.toHaveBeenCalled();
  });
});

describe('the return from a sign-out', () => {
  it('navigates to returnTo', async () => {
    expect(await signOutAndReturn((stored) => stored)).toEqual(['/reports']);
  });

  /** Signs out by a redirect, and opens the callback page after `change` has changed the stored state. */
  async function signOutAndReturn(change: (stored: string) => string): Promise<string[]> {
    const stateId = new Deferred<string>();
    createUserManager({
      windows: windowsWith(async (id) => {
        stateId.resolve(id);
        return { url: redirectUri };
      }),
    });
    await source.logout?.({ display: 'redirect', returnTo: '/reports' }, context());
    const state = await stateId.promise;
    const stored = states.getItem(`oidc.${state}`) ?? '';
    expect(stored).toContain('"/reports"');
    states.setItem(`oidc.${state}`, change(stored));
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
  ])('never navigates to %j, even if it is in the stored state', async (evil) => {
    const visited = await signOutAndReturn((stored) =>
      stored.replace('"/reports"', JSON.stringify(evil)),
    );
    expect(visited).not.toContain(evil);
  });
});
