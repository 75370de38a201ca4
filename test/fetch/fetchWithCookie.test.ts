import { createAuthFetch } from 'session-clock/fetch';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deferred, watch } from '../support/promises.js';
import { ProtectedApi } from './protectedApi.js';

let api: ProtectedApi;

beforeEach(async () => {
  api = new ProtectedApi({ hasTokens: false });
  await api.open({ headers: () => ({ 'X-CSRF-Token': 'csrf-1' }) });
  await vi.waitFor(() => expect(api.client.getSnapshot().status).toBe('active'));
});
afterEach(() => api.close());

const unauthorized = { status: 401 };
const save = () => api.apiFetch(`${api.origin}/notes`, { method: 'POST', body: 'a note' });

/** The server has ended the session: the API refuses all calls until there is a session again. */
function endOnServer(): void {
  api.session = null;
  api.refuse = () => (api.session ? undefined : unauthorized);
}

function untilLoginRequired(): Promise<void> {
  return vi.waitFor(() => expect(api.client.getSnapshot().loginRequired).not.toBeNull());
}

describe('createAuthFetch for a source without access tokens', () => {
  it('sends the cookies and the headers of the options, and no Authorization', async () => {
    const send = vi.fn(fetch);
    const own = createAuthFetch(api.client, { origins: [api.origin], fetch: send });
    expect((await own(`${api.origin}/notes`)).status).toBe(200);
    expect((send.mock.calls[0]?.[0] as Request).credentials).toBe('include');
    await save();
    expect(api.calls[1]?.headers['x-csrf-token']).toBe('csrf-1');
    expect(api.sent).toEqual([undefined, undefined]);
  });

  it('asks for a sign-in after a 401 if the session has ended, and repeats the call once', async () => {
    api.client.addLoginPrompt();
    endOnServer();
    const call = save();
    await untilLoginRequired();
    expect(api.client.getSnapshot()).toMatchObject({ status: 'expired', reason: 'revoked' });
    await api.client.login();
    expect((await call).status).toBe(200);
    expect(api.calls.map(({ body }) => body)).toEqual(['a note', 'a note']);
  });

  it('does not repeat the call for another user', async () => {
    api.client.addLoginPrompt();
    endOnServer();
    api.nextSession = { user: { sub: 'grace' } };
    const call = watch(save());
    await untilLoginRequired();
    await api.client.login();
    await vi.waitFor(() => expect(call.outcome).toBe('ERR_USER_CHANGED'));
    expect(api.calls).toHaveLength(1);
  });

  it('does not repeat a call that was made while the page was loading for another user', async () => {
    const loading = new ProtectedApi({ hasTokens: false });
    const answered = new Deferred();
    await loading.open({
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        await answered.promise;
        return response;
      },
    });
    loading.client.addLoginPrompt();
    loading.refuse = () => unauthorized;
    const call = watch(loading.apiFetch(`${loading.origin}/notes`, { method: 'POST', body: 'x' }));
    await vi.waitFor(() => expect(loading.client.getSnapshot().status).toBe('active'));
    loading.session = null;
    loading.nextSession = { user: { sub: 'grace' } };
    answered.resolve();
    await vi.waitFor(() => expect(loading.client.getSnapshot().loginRequired).not.toBeNull());
    await loading.client.login();
    await vi.waitFor(() => expect(call.outcome).toBe('ERR_USER_CHANGED'));
    expect(loading.calls).toHaveLength(1);
    loading.close();
  });

  it('sends a call with its own Authorization header unchanged', async () => {
    const before = api.asked.session;
    api.refuse = () => unauthorized;
    const headers = { Authorization: 'Basic abc' };
    expect((await api.apiFetch(`${api.origin}/notes`, { headers })).status).toBe(401);
    expect(api.asked.session).toBe(before);
  });

  it('rejects if nothing on the page can ask the user', async () => {
    endOnServer();
    const call = watch(save());
    await vi.waitFor(() => expect(call.outcome).toBe('ERR_EXPIRED_SESSION'));
  });

  it('returns the 401 of an API that refuses the call although the session exists', async () => {
    api.refuse = () => unauthorized;
    const before = api.asked.session;
    expect((await save()).status).toBe(401);
    expect([api.calls.length, api.asked.session - before]).toEqual([1, 1]);
  });

  it('sends nothing to another origin', async () => {
    await expect(api.apiFetch('https://other.example/notes')).rejects.toThrow(TypeError);
  });
});
