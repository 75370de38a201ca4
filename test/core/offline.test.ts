import { describe, expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import { rolling, type SessionClient } from '../../src/index.js';
import { DeviceWithServer } from '../support/deviceWithServer.js';
import { FakeOrigin } from '../support/fakeOrigin.js';
import { FakeSource } from '../support/fakeSource.js';
import { client, create, env, fails, onePage, source, started } from '../support/onePage.js';
import { watch } from '../support/promises.js';

onePage();

const minute = 60_000;
const state = () => client.getSnapshot();
const noNetwork = fails('ERR_NETWORK');

function setOnline(isOnline: boolean): void {
  env.online = isOnline;
  env.resume();
}

/** The network fails, and the browser says so. */
function disconnect(): void {
  source.answerToken = noNetwork;
  source.answerSession = noNetwork;
  setOnline(false);
}

function reconnect(): void {
  source.answerToken = async (_request, context) => source.mint(context);
  source.answerSession = async () => source.session;
  setOnline(true);
}

/** A page with a token in use, which is valid. */
async function withTokenInUse(): Promise<void> {
  await started();
  client.retainAccessToken();
  await env.advance(0);
}

describe('a page that starts while the browser is offline', () => {
  it('is active if the source knows the user without a request', async () => {
    env.online = false;
    await started();
    expect(state()).toMatchObject({ status: 'active', connection: 'offline' });
  });

  it('is active after a reload, in a browser with several tabs', async () => {
    const origin = new FakeOrigin();
    const sdk = new FakeSource();
    const open = async (isOnline: boolean): Promise<SessionClient> => {
      const tab = origin.open();
      tab.online = isOnline;
      const opened = createSessionClient({ source: sdk, policy: rolling({ idle: '30m' }) }, tab);
      opened.start();
      await origin.advance(1_000);
      return opened;
    };
    const before = await open(true);
    before.stop();
    const after = await open(false);
    expect(after.getSnapshot()).toMatchObject({ status: 'active', connection: 'offline' });
    after.stop();
  });

  it('shows what it is waiting for, and is active as soon as the source can answer', async () => {
    env.online = false;
    source.answerSession = noNetwork;
    await started();
    expect(state()).toMatchObject({
      status: 'loading',
      connection: 'offline',
      error: { code: 'ERR_NETWORK' },
    });
    reconnect();
    await env.advance(1_000);
    expect(state()).toMatchObject({ status: 'active', connection: 'online' });
  });

  it('needs no event of the network if the browser is wrong', async () => {
    env.online = false;
    source.answerSession = noNetwork;
    await started();
    source.answerSession = async () => source.session;
    await env.advance(minute);
    expect(state()).toMatchObject({ status: 'active', connection: 'offline' });
  });
});

describe('a browser that is wrongly offline', () => {
  it('refreshes the tokens in use as usual', async () => {
    env.online = false;
    await withTokenInUse();
    for (let count = 0; count < 60; count++) {
      await env.advance(minute / 2);
      expect(state().accessToken.status).toBe('fresh');
    }
    expect(state()).toMatchObject({ status: 'active', connection: 'offline' });
  });

  it('refreshes them again after a failure, as soon as a call has got a token', async () => {
    env.online = false;
    await withTokenInUse();
    source.answerToken = noNetwork;
    await env.advance(2 * minute);
    expect(state().accessToken.status).toBe('expired');
    source.answerToken = async (_request, context) => source.mint(context);
    await client.getAccessToken();
    await env.advance(10 * minute);
    expect(state().accessToken.status).toBe('fresh');
  });

  it('refreshes them again after a failure, when the page comes into view', async () => {
    env.online = false;
    await withTokenInUse();
    source.answerToken = noNetwork;
    await env.advance(2 * minute);
    source.answerToken = async (_request, context) => source.mint(context);
    env.resume();
    await env.advance(1_000);
    expect(state().accessToken.status).toBe('fresh');
  });

  it('completes a sign-in after a failure', async () => {
    env.online = false;
    source.session = null;
    await started();
    source.answerSession = noNetwork;
    const check = watch(client.checkSession());
    await env.advance(minute);
    expect(check.outcome).toBe('ERR_NETWORK');
    source.session = { user: { sub: 'ada' } };
    source.answerSession = async () => source.session;
    const login = watch(client.login());
    await env.advance(1_000);
    expect(login.outcome).toBeUndefined();
    expect(state()).toMatchObject({ status: 'active', connection: 'offline' });
  });

  it('asks whether the session still exists', async () => {
    env.online = false;
    await started({ checkSession: { every: '5m' } });
    source.session = null;
    await env.advance(6 * minute);
    expect(state()).toMatchObject({ status: 'expired', reason: 'revoked' });
  });

  it('does not end a session whose stated end the source has moved', async () => {
    env.online = false;
    source.session = { user: { sub: 'ada' }, expiresAt: env.wall + 10 * minute };
    await started();
    await env.advance(9 * minute);
    source.session = { user: { sub: 'ada' }, expiresAt: env.wall + 10 * minute };
    await env.advance(2 * minute);
    expect(state().status).toBe('active');
  });

  it('does not end the session after a sleep before the source has answered', async () => {
    const device = new DeviceWithServer(0, () => 0.5);
    device.online = false;
    const { source: server } = device;
    const slept = createSessionClient({ source: server, policy: rolling({ idle: '30m' }) }, device);
    slept.start();
    await device.advance(0);
    device.behavior.session = 'no-session';
    device.sleep(60 * minute);
    device.resume();
    await device.advance(1_000);
    expect(slept.getSnapshot()).toMatchObject({ status: 'expired' });
    expect(device.requests.filter(({ kind }) => kind === 'session')).toHaveLength(2);
    slept.stop();
  });
});

describe('a browser that is offline', () => {
  it('keeps the session and tries a refresh once, then waits for the network', async () => {
    await withTokenInUse();
    disconnect();
    const before = source.asked.token;
    await env.advance(60 * minute);
    expect(source.asked.token - before).toBe(1);
    expect(state()).toMatchObject({
      status: 'active',
      connection: 'offline',
      accessToken: { status: 'expired' },
    });
    reconnect();
    await env.advance(1_000);
    expect(state()).toMatchObject({ connection: 'online', accessToken: { status: 'fresh' } });
  });

  it('sends no other background request after the first failure', async () => {
    await started({ checkSession: { every: '5m' } });
    client.retainAccessToken();
    client.retainAccessToken({ audience: 'https://api.example' });
    await env.advance(0);
    disconnect();
    const { session, token } = source.asked;
    await env.advance(60 * minute);
    expect([source.asked.session - session, source.asked.token - token]).toEqual([0, 1]);
  });

  it('tries a call, repeats it while it waits, and rejects it after maxWait', async () => {
    await started({ refresh: { maxWait: '10s' } });
    disconnect();
    const call = watch(client.getAccessToken());
    await env.advance(minute);
    expect(call.outcome).toBe('ERR_NETWORK');
    expect(source.asked.token).toBeGreaterThan(1);
    expect(source.asked.token).toBeLessThan(6);
    const before = source.asked.token;
    await env.advance(60 * minute);
    expect(source.asked.token).toBe(before);
  });

  it('resolves a call that waits as soon as the network is back', async () => {
    await started();
    disconnect();
    const call = watch(client.getAccessToken());
    await env.advance(2_000);
    reconnect();
    await env.advance(1_000);
    expect(call.outcome).toMatch(/^secret-/);
  });

  it('causes few requests, however often the page comes into view', async () => {
    await withTokenInUse();
    disconnect();
    await env.advance(minute);
    const before = source.asked.token;
    for (let count = 0; count < 600; count++) {
      env.resume();
      await env.advance(100);
    }
    // One a second at most.
    expect(source.asked.token - before).toBeLessThanOrEqual(61);
  });

  it('ends a session at its idle end, also if the source was being asked', async () => {
    await started({ policy: rolling({ idle: '30m' }) });
    disconnect();
    await env.advance(31 * minute);
    expect(state()).toMatchObject({ status: 'expired', reason: 'idle' });
  });

  it('ends a session at an end that the source has stated, after one request', async () => {
    source.session = { user: { sub: 'ada' }, expiresAt: env.wall + 10 * minute };
    await started();
    disconnect();
    const { session } = source.asked;
    await env.advance(11 * minute);
    expect(state()).toMatchObject({ status: 'expired', reason: 'lifetime' });
    expect(source.asked.session - session).toBe(1);
  });

  it('is started once more without a request after the source has answered', async () => {
    create();
    env.online = false;
    client.start();
    await env.advance(0);
    client.stop();
    client.start();
    await env.advance(minute);
    expect(source.asked).toMatchObject({ session: 1, token: 0 });
  });
});
