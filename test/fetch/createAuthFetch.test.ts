import { createAuthFetch } from 'session-clock/fetch';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Later, watch } from '../support/promises.js';
import { ProtectedApi, pause, refuseRenewal } from './protectedApi.js';

const dead = { status: 401, challenge: 'Bearer realm="api", error="invalid_token"' };

let api: ProtectedApi;

beforeEach(async () => {
  api = new ProtectedApi();
  await api.open();
});
afterEach(() => api.close());

/** The person is asked to sign in. */
function isAsked(): Promise<void> {
  return vi.waitFor(() => expect(api.client.getSnapshot().loginRequired).not.toBeNull());
}

function call(init?: RequestInit): Promise<Response> {
  return api.apiFetch(`${api.origin}/notes`, init);
}

async function* parts(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('a note');
}

describe('a token', () => {
  it('is borne by each call, and fetched once', async () => {
    expect(await (await call()).text()).toBe('for secret-1');
    await Promise.all([call(), call({ method: 'POST', body: 'x' })]);
    expect(api.sent).toEqual(['secret-1', 'secret-1', 'secret-1']);
    expect(api.asked.token).toBe(1);
  });

  it('goes to no origin that was not named', async () => {
    const elsewhere = new ProtectedApi();
    await elsewhere.open();
    const refused = await api.apiFetch(`${elsewhere.origin}/notes`).catch((error) => error);
    expect(refused).toBeInstanceOf(TypeError);
    expect(refused.message).toContain('Add it to the origins of createAuthFetch()');
    expect(elsewhere.calls).toEqual([]);
    expect(api.asked.token).toBe(0);
    elsewhere.close();
  });

  it.each(['api.example.com', 'https://api.example.com/', 'https://api.example.com/v1', ''])(
    'goes to origins only: %j is a mistake',
    (origin) => {
      expect(() => createAuthFetch(api.client, { origins: [origin] })).toThrow(TypeError);
    },
  );

  it('does not take the place of one that the call bears itself', async () => {
    await call({ headers: { Authorization: 'Basic abc' } });
    expect(api.calls[0]?.headers.authorization).toBe('Basic abc');
    expect(api.asked.token).toBe(0);
  });

  it('takes a Request as fetch does, also one whose body was used, with a new one', async () => {
    const request = new Request(`${api.origin}/notes`, { method: 'POST', body: 'mine' });
    await request.text();
    await api.apiFetch(request, { body: 'new' });
    expect(api.calls.map(({ body }) => body)).toEqual(['new']);
    await expect(api.apiFetch(request)).rejects.toThrow(TypeError);
  });

  it('cannot be borne without CORS, and says so', async () => {
    await expect(call({ mode: 'no-cors' })).rejects.toThrow('bears no token');
  });

  it('is neither sent to where a redirect leads, nor is that heeded', async () => {
    const elsewhere = new ProtectedApi();
    await elsewhere.open();
    const challenge = 'Bearer error="insufficient_user_authentication", max_age="0"';
    elsewhere.refuse = () => ({ status: 401, challenge });
    api.refuse = () => ({ status: 302, location: `${elsewhere.origin}/evil` });
    const remove = api.client.addLoginPrompt();
    expect((await call()).status).toBe(401);
    expect(elsewhere.sent).toEqual([undefined]);
    expect(api.asked.token).toBe(1);
    remove();
    elsewhere.close();
  });

  it('leaves a Request as it was, and what it says', async () => {
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

describe('a token that the API refuses', () => {
  it('is renewed, and the call sent again with its body', async () => {
    api.refuse = (token) => (token === 'secret-1' ? dead : undefined);
    const response = await call({ method: 'POST', body: 'a note' });
    expect(response.status).toBe(200);
    expect(api.calls.map(({ body }) => body)).toEqual(['a note', 'a note']);
    expect(api.sent).toEqual(['secret-1', 'secret-2']);
  });

  it('is renewed for a Request with a body, too', async () => {
    api.refuse = (token) => (token === 'secret-1' ? dead : undefined);
    const request = new Request(`${api.origin}/notes`, { method: 'POST', body: 'a note' });
    expect((await api.apiFetch(request)).status).toBe(200);
    expect(api.calls.map(({ body }) => body)).toEqual(['a note', 'a note']);
  });

  it('is renewed once for a hundred calls that bore it', async () => {
    api.refuse = (token) => (token === 'secret-1' ? dead : undefined);
    const responses = await Promise.all(Array.from({ length: 100 }, () => call()));
    expect(responses.every(({ ok }) => ok)).toBe(true);
    expect(api.asked.token).toBe(2);
  });

  it('is not renewed where another call has done so since', async () => {
    const late = new Later();
    api.refuse = (token) => (token === 'secret-1' ? dead : undefined);
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
    ['does not say why', 'Bearer realm="api"'],
    ['may not be read from another origin', undefined],
    ['speaks of other schemes too', 'Basic realm="a, b", Bearer error="invalid_token"'],
  ])('is renewed where the API %s', async (_case, challenge) => {
    api.refuse = (token) =>
      token === 'secret-1'
        ? { status: 401, ...(challenge !== undefined && { challenge }) }
        : undefined;
    expect((await call()).status).toBe(200);
    expect(api.asked.token).toBe(2);
  });

  it('is renewed once: what is refused then is the API’s last word', async () => {
    api.refuse = () => dead;
    const response = await call();
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('for secret-2');
    expect(api.sent).toEqual(['secret-1', 'secret-2']);
  });

  it('is not sent again where the source has no other one', async () => {
    api.answerToken = async () => 'secret-always';
    api.refuse = () => dead;
    const response = await call();
    expect(await response.text()).toBe('for secret-always');
    expect(api.sent).toEqual(['secret-always']);
  });

  it.each<[string, () => BodyInit]>([
    ['a stream', () => new Blob(['a note']).stream()],
    ['an iterable', () => parts() as unknown as BodyInit],
  ])(
    'is renewed for the next call where the body was %s, which is sent once',
    async (_case, make) => {
      api.refuse = (token) => (token === 'secret-1' ? dead : undefined);
      const upload = () =>
        call(Object.assign({ method: 'POST', body: make() }, { duplex: 'half' }));
      expect((await upload()).status).toBe(401);
      expect((await upload()).status).toBe(200);
      expect(api.calls.map(({ body }) => body)).toEqual(['a note', 'a note']);
    },
  );

  it('causes no storm where the API refuses each new one, one call after the other or many', async () => {
    api.refuse = () => dead;
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

  it('is not renewed for another person: what one has begun is not sent as the other', async () => {
    const late = new Later();
    const slow = createAuthFetch(api.client, {
      origins: [api.origin],
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        await late.promise;
        return response;
      },
    });
    api.refuse = () => dead;
    const waiting = slow(`${api.origin}/transfers`, { method: 'POST', body: 'Ada pays' });
    const watched = watch(waiting);
    await vi.waitFor(() => expect(api.calls.length).toBe(1));
    api.session = { user: { sub: 'grace' } };
    await api.client.login();
    late.resolve();
    await vi.waitFor(() => expect(watched.outcome).toBe('ERR_USER_CHANGED'));
    expect(api.sent).toEqual(['secret-1']);
  });

  it('is borne by the call as it was made, whatever becomes of what it was made of', async () => {
    api.refuse = (token) => (token === 'secret-1' ? dead : undefined);
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

  it('leaves nothing unheard where the refusal’s body breaks or is being read', async () => {
    const unheard: unknown[] = [];
    const listener = (reason: unknown): void => void unheard.push(reason);
    process.on('unhandledRejection', listener);
    api.refuse = (token) => (token === 'secret-1' ? dead : undefined);
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
    expect(unheard).toEqual([]);
  });

  it.each([
    ['another scheme', { status: 401, challenge: 'Basic realm="gate"' }],
    ['a nonce of DPoP (RFC 9449 §9)', { status: 401, challenge: 'DPoP error="use_dpop_nonce"' }],
    ['a mistake in the request', { status: 401, challenge: 'Bearer error="invalid_request"' }],
    ['a lack of permission', { status: 403 }],
    ['an outage', { status: 503, challenge: 'Bearer error="invalid_token"' }],
  ])('for %s is not ours: the answer is passed on', async (_case, refusal) => {
    api.refuse = () => refusal;
    expect((await call()).status).toBe(refusal.status);
    expect(api.asked.token).toBe(1);
    expect(api.calls.length).toBe(1);
  });

  it('and cannot be renewed has the call wait for a sign-in, and go on', async () => {
    const removePrompt = api.client.addLoginPrompt();
    await api.client.getAccessToken();
    api.refuse = (token) => (token === 'after' ? undefined : dead);
    api.answerToken = refuseRenewal;
    const waiting = call({ method: 'POST', body: 'half typed' });
    await isAsked();
    api.answerToken = async () => 'after';
    await api.client.login();
    expect((await waiting).status).toBe(200);
    expect(api.calls.at(-1)).toMatchObject({ token: 'after', body: 'half typed' });
    removePrompt();
  });

  it('and cannot be renewed rejects with what to do, where nobody can ask', async () => {
    api.refuse = () => dead;
    await api.client.getAccessToken();
    api.answerToken = refuseRenewal;
    await expect(call()).rejects.toMatchObject({ code: 'ERR_REFRESH_FAILED' });
  });
});

describe('a call', () => {
  it('is given up with its signal, also while it waits for a token', async () => {
    api.answerToken = () => new Promise(() => {});
    const controller = new AbortController();
    const waiting = call({ signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(api.calls).toEqual([]);
  });

  it('is told which scope it lacks, and nothing is renewed for it', async () => {
    api.refuse = () => ({
      status: 403,
      challenge: 'Bearer error="insufficient_scope", scope="notes:write notes:read"',
    });
    const error = await call().catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'SessionError', code: 'ERR_INSUFFICIENT_SCOPE' });
    expect(error.message).toContain('"notes:write notes:read"');
    expect(api.asked.token).toBe(1);
  });

  it('quotes no scope that is none', async () => {
    const challenge = `Bearer error="insufficient_scope", scope="${'\\"<b>'.repeat(9)}"`;
    api.refuse = () => ({ status: 403, challenge });
    const error = await call().catch((thrown) => thrown);
    expect(error.code).toBe('ERR_INSUFFICIENT_SCOPE');
    expect(error.message).not.toContain('<b>');
  });
});

describe('a stronger proof that the API wants (RFC 9470)', () => {
  const challenge =
    'Bearer error="insufficient_user_authentication", acr_values="gold silver", max_age="60"';

  it('is asked of the person, and the call sent again', async () => {
    const removePrompt = api.client.addLoginPrompt();
    api.refuse = (token) => (token === 'secret-1' ? { status: 401, challenge } : undefined);
    const waiting = call({ method: 'POST', body: 'a transfer' });
    await isAsked();
    expect(api.client.getSnapshot().loginRequired?.code).toBe('ERR_STEP_UP_REQUIRED');
    await api.client.login({ display: 'popup' });
    expect((await waiting).status).toBe(200);
    expect(api.asked.login).toEqual([
      { display: 'popup', acrValues: ['gold', 'silver'], maxAge: 60_000 },
    ]);
    expect(api.calls.map(({ body }) => body)).toEqual(['a transfer', 'a transfer']);
    removePrompt();
  });

  it('is asked for once: what is refused then is the API’s last word', async () => {
    const removePrompt = api.client.addLoginPrompt();
    api.refuse = () => ({ status: 401, challenge });
    const waiting = call();
    await isAsked();
    await api.client.login();
    expect((await waiting).status).toBe(401);
    expect(api.calls.length).toBe(2);
    removePrompt();
  });

  it('rejects where nothing on the page can ask', async () => {
    api.refuse = () => ({ status: 401, challenge });
    await expect(call()).rejects.toMatchObject({ code: 'ERR_STEP_UP_REQUIRED' });
  });
});
