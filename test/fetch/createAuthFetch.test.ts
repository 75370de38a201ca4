import { createAuthFetch } from 'session-clock/fetch';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deferred, watch } from '../support/promises.js';
import { ProtectedApi, pause, refuseRefresh } from './protectedApi.js';

const invalidToken = { status: 401, challenge: 'Bearer realm="api", error="invalid_token"' };

let api: ProtectedApi;

beforeEach(async () => {
  api = new ProtectedApi();
  await api.open();
});
afterEach(() => api.close());

function untilLoginRequired(): Promise<void> {
  return vi.waitFor(() => expect(api.client.getSnapshot().loginRequired).not.toBeNull());
}

function call(init?: RequestInit): Promise<Response> {
  return api.apiFetch(`${api.origin}/notes`, init);
}

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('a note');
}

describe('createAuthFetch', () => {
  it('adds the token to each call, and fetches it once', async () => {
    expect(await (await call()).text()).toBe('for secret-1');
    await Promise.all([call(), call({ method: 'POST', body: 'x' })]);
    expect(api.sent).toEqual(['secret-1', 'secret-1', 'secret-1']);
    expect(api.asked.token).toBe(1);
  });

  it('sends the token only to the configured origins', async () => {
    const otherApi = new ProtectedApi();
    await otherApi.open();
    const refused = await api.apiFetch(`${otherApi.origin}/notes`).catch((error) => error);
    expect(refused).toBeInstanceOf(TypeError);
    expect(refused.message).toContain('Add it to the origins of createAuthFetch()');
    expect(otherApi.calls).toEqual([]);
    expect(api.asked.token).toBe(0);
    otherApi.close();
  });

  it.each(['api.example.com', 'https://api.example.com/', 'https://api.example.com/v1', ''])(
    'throws a TypeError for the invalid origin %j',
    (origin) => {
      expect(() => createAuthFetch(api.client, { origins: [origin] })).toThrow(TypeError);
    },
  );

  it('keeps the call’s own Authorization header', async () => {
    await call({ headers: { Authorization: 'Basic abc' } });
    expect(api.calls[0]?.headers.authorization).toBe('Basic abc');
    expect(api.asked.token).toBe(0);
  });

  it('accepts a Request as fetch does, also a used one with a new body', async () => {
    const request = new Request(`${api.origin}/notes`, { method: 'POST', body: 'mine' });
    await request.text();
    await api.apiFetch(request, { body: 'new' });
    expect(api.calls.map(({ body }) => body)).toEqual(['new']);
    await expect(api.apiFetch(request)).rejects.toThrow(TypeError);
  });

  it('rejects a call with mode "no-cors", which cannot carry a token', async () => {
    await expect(call({ mode: 'no-cors' })).rejects.toThrow('cannot carry a token');
  });

  it('sends no token to the target of a redirect, and ignores its challenge', async () => {
    const otherApi = new ProtectedApi();
    await otherApi.open();
    const challenge = 'Bearer error="insufficient_user_authentication", max_age="0"';
    otherApi.refuse = () => ({ status: 401, challenge });
    api.refuse = () => ({ status: 302, location: `${otherApi.origin}/evil` });
    const remove = api.client.addLoginPrompt();
    expect((await call()).status).toBe(401);
    expect(otherApi.sent).toEqual([undefined]);
    expect(api.asked.token).toBe(1);
    remove();
    otherApi.close();
  });

  it('does not change a Request, and sends its headers and body', async () => {
    const request = new Request(`${api.origin}/notes`, {
      method: 'PUT',
      body: 'mine',
      headers: { 'X-Own': 'yes' },
    });
    await api.apiFetch(request, { headers: { 'X-Other': 'yes' } });
    expect(api.calls[0]).toMatchObject({ body: 'mine', headers: { 'x-other': 'yes' } });
    expect(request.headers.has('Authorization')).toBe(false);
  });
});

describe('when the API refuses the token', () => {
  it('refreshes the token, and repeats the call with its body', async () => {
    api.refuse = (token) => (token === 'secret-1' ? invalidToken : undefined);
    const response = await call({ method: 'POST', body: 'a note' });
    expect(response.status).toBe(200);
    expect(api.calls.map(({ body }) => body)).toEqual(['a note', 'a note']);
    expect(api.sent).toEqual(['secret-1', 'secret-2']);
  });

  it('repeats a Request with a body', async () => {
    api.refuse = (token) => (token === 'secret-1' ? invalidToken : undefined);
    const request = new Request(`${api.origin}/notes`, { method: 'POST', body: 'a note' });
    expect((await api.apiFetch(request)).status).toBe(200);
    expect(api.calls.map(({ body }) => body)).toEqual(['a note', 'a note']);
  });

  it('refreshes once for a hundred calls with the same token', async () => {
    api.refuse = (token) => (token === 'secret-1' ? invalidToken : undefined);
    const responses = await Promise.all(Array.from({ length: 100 }, () => call()));
    expect(responses.every(({ ok }) => ok)).toBe(true);
    expect(api.asked.token).toBe(2);
  });

  it('does not refresh again if another call has refreshed meanwhile', async () => {
    const late = new Deferred();
    api.refuse = (token) => (token === 'secret-1' ? invalidToken : undefined);
    const slow = createAuthFetch(api.client, {
      origins: [api.origin],
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (response.status === 401) await late.promise;
        return response;
      },
    });
    const waiting = slow(`${api.origin}/slow`);
    await call();
    late.resolve();
    expect((await waiting).status).toBe(200);
    expect(api.asked.token).toBe(2);
  });

  it.each([
    ['gives no reason', 'Bearer realm="api"'],
    ['exposes no challenge to another origin', undefined],
    ['names other schemes too', 'Basic realm="a, b", Bearer error="invalid_token"'],
  ])('refreshes the token if the API %s', async (_case, challenge) => {
    api.refuse = (token) =>
      token === 'secret-1'
        ? { status: 401, ...(challenge !== undefined && { challenge }) }
        : undefined;
    expect((await call()).status).toBe(200);
    expect(api.asked.token).toBe(2);
  });

  it('refreshes once per call: a second refusal is returned to the caller', async () => {
    api.refuse = () => invalidToken;
    const response = await call();
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('for secret-2');
    expect(api.sent).toEqual(['secret-1', 'secret-2']);
  });

  it('does not repeat the call if the source has no other token', async () => {
    api.answerToken = async () => 'secret-constant';
    api.refuse = () => invalidToken;
    const response = await call();
    expect(await response.text()).toBe('for secret-constant');
    expect(api.sent).toEqual(['secret-constant']);
  });

  it.each<[string, () => BodyInit]>([
    ['a stream', () => new Blob(['a note']).stream()],
    ['an iterable', () => chunks() as unknown as BodyInit],
  ])(
    'does not repeat a body that is %s, but refreshes the token for the next call',
    async (_case, make) => {
      api.refuse = (token) => (token === 'secret-1' ? invalidToken : undefined);
      const upload = () =>
        call(Object.assign({ method: 'POST', body: make() }, { duplex: 'half' }));
      expect((await upload()).status).toBe(401);
      expect((await upload()).status).toBe(200);
      expect(api.calls.map(({ body }) => body)).toEqual(['a note', 'a note']);
    },
  );

  it('throttles refreshes if the API refuses every new token', async () => {
    api.refuse = () => invalidToken;
    for (let count = 0; count < 20; count++) await call();
    expect([api.asked.token, api.calls.length]).toEqual([2, 21]);
    const late = createAuthFetch(api.client, {
      origins: [api.origin],
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        await pause(Math.random() * 50);
        return response;
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => late(`${api.origin}/notes`)));
    expect(api.asked.token).toBe(3);
    expect(api.calls.length).toBeLessThanOrEqual(21 + 40);
  });

  it.each([
    ['another user', { sub: 'grace' }],
    ['another tenant of the same user', { sub: 'ada', tenant: 'other' }],
  ])('does not repeat a call for %s', async (_whom, user) => {
    const late = new Deferred();
    const slow = createAuthFetch(api.client, {
      origins: [api.origin],
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        await late.promise;
        return response;
      },
    });
    api.refuse = () => invalidToken;
    const waiting = slow(`${api.origin}/transfers`, { method: 'POST', body: 'Ada pays' });
    const watched = watch(waiting);
    await vi.waitFor(() => expect(api.calls.length).toBe(1));
    api.session = { user };
    await api.client.login();
    late.resolve();
    await vi.waitFor(() => expect(watched.outcome).toBe('ERR_USER_CHANGED'));
    expect(api.sent).toEqual(['secret-1']);
  });

  it('repeats the call as it was made, even if its arguments have changed since', async () => {
    api.refuse = (token) => (token === 'secret-1' ? invalidToken : undefined);
    const headers = new Headers({ 'X-Own': '1' });
    const body = new URLSearchParams({ note: '1' });
    const init: RequestInit = { method: 'POST', headers, body };
    const waiting = call(init);
    headers.set('X-Own', '2');
    body.set('note', '2');
    init.method = 'DELETE';
    await waiting;
    expect(api.calls.map(({ headers, body }) => [headers['x-own'], body])).toEqual([
      ['1', 'note=1'],
      ['1', 'note=1'],
    ]);
  });

  it('causes no unhandled rejection if the refusal’s body is being read', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listener);
    api.refuse = (token) => (token === 'secret-1' ? invalidToken : undefined);
    const reading = createAuthFetch(api.client, {
      origins: [api.origin],
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        response.body?.getReader();
        return response;
      },
    });
    expect((await reading(`${api.origin}/notes`)).status).toBe(200);
    await new Promise(setImmediate);
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });

  it.each([
    ['another scheme', { status: 401, challenge: 'Basic realm="gate"' }],
    ['a DPoP nonce (RFC 9449 §9)', { status: 401, challenge: 'DPoP error="use_dpop_nonce"' }],
    ['an invalid request', { status: 401, challenge: 'Bearer error="invalid_request"' }],
    ['a missing permission', { status: 403 }],
    ['an outage', { status: 503, challenge: 'Bearer error="invalid_token"' }],
  ])('returns the answer unchanged if the cause is %s', async (_case, refusal) => {
    api.refuse = () => refusal;
    expect((await call()).status).toBe(refusal.status);
    expect(api.asked.token).toBe(1);
    expect(api.calls.length).toBe(1);
  });

  it('waits for a sign-in if the refresh fails, and then repeats the call', async () => {
    const removePrompt = api.client.addLoginPrompt();
    await api.client.getAccessToken();
    api.refuse = (token) => (token === 'after' ? undefined : invalidToken);
    api.answerToken = refuseRefresh;
    const waiting = call({ method: 'POST', body: 'half typed' });
    await untilLoginRequired();
    api.answerToken = async () => 'after';
    await api.client.login();
    expect((await waiting).status).toBe(200);
    expect(api.calls.at(-1)).toMatchObject({ token: 'after', body: 'half typed' });
    removePrompt();
  });

  it('rejects if the refresh fails and nothing on the page can ask for a sign-in', async () => {
    api.refuse = () => invalidToken;
    await api.client.getAccessToken();
    api.answerToken = refuseRefresh;
    await expect(call()).rejects.toMatchObject({ code: 'ERR_REFRESH_FAILED' });
  });
});

describe('a call', () => {
  it('is aborted by its signal, also while it waits for a token', async () => {
    api.answerToken = () => new Promise(() => {});
    const controller = new AbortController();
    const waiting = call({ signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(api.calls).toEqual([]);
  });

  it('rejects with the name of the missing scope, without a refresh', async () => {
    api.refuse = () => ({
      status: 403,
      challenge: 'Bearer error="insufficient_scope", scope="notes:write notes:read"',
    });
    const error = await call().catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'SessionError', code: 'ERR_INSUFFICIENT_SCOPE' });
    expect(error.message).toContain('"notes:write notes:read"');
    expect(api.asked.token).toBe(1);
  });

  it('does not quote an invalid scope', async () => {
    const challenge = `Bearer error="insufficient_scope", scope="${'\\"<b>'.repeat(9)}"`;
    api.refuse = () => ({ status: 403, challenge });
    const error = await call().catch((thrown) => thrown);
    expect(error.code).toBe('ERR_INSUFFICIENT_SCOPE');
    expect(error.message).not.toContain('<b>');
  });
});

describe('when the API requires a step-up (RFC 9470)', () => {
  const challenge =
    'Bearer error="insufficient_user_authentication", acr_values="gold silver", max_age="60"';

  it('asks the user to sign in, and repeats the call', async () => {
    const removePrompt = api.client.addLoginPrompt();
    api.refuse = (token) => (token === 'secret-1' ? { status: 401, challenge } : undefined);
    const waiting = call({ method: 'POST', body: 'a transfer' });
    await untilLoginRequired();
    expect(api.client.getSnapshot().loginRequired?.code).toBe('ERR_STEP_UP_REQUIRED');
    await api.client.login({ display: 'popup' });
    expect((await waiting).status).toBe(200);
    expect(api.asked.login).toEqual([
      { display: 'popup', acrValues: ['gold', 'silver'], maxAge: 60_000 },
    ]);
    expect(api.calls.map(({ body }) => body)).toEqual(['a transfer', 'a transfer']);
    removePrompt();
  });

  it('asks once per call: a second refusal is returned to the caller', async () => {
    const removePrompt = api.client.addLoginPrompt();
    api.refuse = () => ({ status: 401, challenge });
    const waiting = call();
    await untilLoginRequired();
    await api.client.login();
    expect((await waiting).status).toBe(401);
    expect(api.calls.length).toBe(2);
    removePrompt();
  });

  it('rejects if nothing on the page can ask the user', async () => {
    api.refuse = () => ({ status: 401, challenge });
    await expect(call()).rejects.toMatchObject({ code: 'ERR_STEP_UP_REQUIRED' });
  });
});
