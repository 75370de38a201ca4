import { afterEach, describe, expect, it } from 'vitest';
import { createSessionClient } from '../../src/core/shell/createSessionClient.js';
import {
  absolute,
  hybrid,
  type Policy,
  type Session,
  type SessionClient,
  type SessionSource,
} from '../../src/index.js';
import { DeviceWithServer } from '../support/deviceWithServer.js';

const minute = 60_000;
const hour = 60 * minute;

let device: DeviceWithServer;
let client: SessionClient;

/** A server of another origin: its `Date` is not exposed by CORS. Its session lasts for half an hour. */
class OtherOrigin {
  lifetime = 30 * minute;
  tokenLifetime = 5 * minute;
  startedAt = device.serverTime;
  isGone = false;
  /** Without the date at which it began. */
  statesStart = true;
  usesOwnFetch = false;

  answer(): Session | null {
    const { startedAt, lifetime, statesStart } = this;
    if (this.isGone || device.serverTime >= startedAt + lifetime) return null;
    const dates = statesStart ? { startedAt } : {};
    return { user: { sub: 'ada' }, ...dates, expiresAt: startedAt + lifetime };
  }

  readonly source: SessionSource = {
    name: 'other-origin',
    getSession: async ({ fetch }) => {
      if (!this.usesOwnFetch) await fetch('https://api.example/session');
      return this.answer();
    },
    login: async () => {
      this.startedAt = device.serverTime;
    },
  };

  /** The same server, with access tokens, which are JWTs. */
  readonly withTokens: SessionSource = {
    ...this.source,
    getAccessToken: async () => ({ value: jwt(device.serverTime, this.tokenLifetime) }),
  };
}

function jwt(issuedAt: number, lifetime: number): string {
  const iat = Math.floor(issuedAt / 1_000);
  const part = (claims: object): string =>
    Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ iat, exp: iat + lifetime / 1_000 })}.${part({})}`;
}

function prepare(clockError: number): OtherOrigin {
  device = new DeviceWithServer(clockError, () => 0.5);
  device.fetch = async () => new Response('');
  return new OtherOrigin();
}

async function start(source: SessionSource, policy?: Policy): Promise<void> {
  client = createSessionClient({ source, ...(policy && { policy }) }, device);
  client.start();
  await device.advance(1_000);
}

const state = () => client.getSnapshot();
/** By how much the client's clock is wrong (ms). */
const clockError = () => Math.abs(client.now() - device.serverTime);

afterEach(async () => {
  client.stop();
  await device.advance(0);
});

describe('a device whose clock is an hour ahead', () => {
  it('does not end a session that the server has just stated', async () => {
    const { source } = prepare(hour);
    await start(source);
    expect(state().status).toBe('active');
    expect(clockError()).toBeLessThan(2_000);
  });

  it('ends it when the server does', async () => {
    const { source } = prepare(hour);
    await start(source);
    await device.advance(29 * minute);
    expect(state().status).toBe('expiring');
    await device.advance(minute);
    expect(state()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  });

  it('does so after a sign-in too', async () => {
    const server = prepare(hour);
    server.isGone = true;
    await start(server.source);
    expect(state().status).toBe('signed-out');
    server.isGone = false;
    await device.advance(20 * minute);
    const signedIn = client.login();
    await device.advance(1_000);
    await signedIn;
    expect(state().status).toBe('active');
    expect(clockError()).toBeLessThan(3_000);
  });

  it('keeps a session that is older than the page until its server ends it', async () => {
    const server = prepare(hour);
    server.startedAt -= 20 * minute;
    await start(server.source);
    expect(state().status).toBe('active');
    await device.advance(5 * minute);
    expect(state().status).toBe('active');
  });

  it('keeps a session without the date of its start until its server ends it', async () => {
    const server = prepare(hour);
    server.statesStart = false;
    await start(server.source);
    expect(state().status).toBe('active');
    server.isGone = true;
    await device.advance(31 * minute);
    expect(state().status).toBe('expired');
  });

  it('is corrected by the first token, which states when it was issued', async () => {
    const server = prepare(hour);
    server.startedAt -= 20 * minute;
    await start(server.withTokens);
    await client.getAccessToken();
    expect(clockError()).toBeLessThan(2_000);
    expect(state()).toMatchObject({ status: 'active', accessToken: { status: 'fresh' } });
  });

  it('is corrected by a token if the SDK sends its own requests', async () => {
    const server = prepare(hour);
    server.usesOwnFetch = true;
    await start(server.withTokens);
    expect(state()).toMatchObject({ status: 'active', accessToken: { status: 'fresh' } });
    expect(clockError()).toBeLessThan(2_000);
  });

  it('is corrected by a token before a policy’s lifetime counts', async () => {
    const server = prepare(hour);
    server.lifetime = 24 * hour;
    await start(server.withTokens, absolute({ lifetime: '30m' }));
    expect(state()).toMatchObject({ status: 'active', deadline: { kind: 'lifetime' } });
    expect(clockError()).toBeLessThan(2_000);
  });

  it('ends no long session an hour early', async () => {
    const server = prepare(hour);
    server.lifetime = 8 * hour;
    await start(server.source);
    await device.advance(7 * hour);
    expect(state().status).not.toBe('expired');
    await device.advance(5 * minute);
    // The clock was corrected by the time that has passed since the sign-in.
    expect(state().status).toBe('active');
    expect(clockError()).toBeLessThan(2_000);
  });
});

describe('a device whose clock is an hour behind', () => {
  it('learns from the start of the session that its clock is behind', async () => {
    const { source } = prepare(-hour);
    await start(source);
    expect(clockError()).toBeLessThan(2_000);
    await device.advance(29 * minute);
    expect(state().status).toBe('expiring');
    await device.advance(minute);
    expect(state().status).toBe('expired');
  });

  it('is corrected by the first token', async () => {
    const server = prepare(-hour);
    server.startedAt -= 20 * minute;
    await start(server.withTokens, hybrid());
    await client.getAccessToken();
    expect(clockError()).toBeLessThan(2_000);
  });
});

describe('a device whose clock is right', () => {
  it('ends a session whose end has passed if the SDK has only stored it', async () => {
    const server = prepare(0);
    server.usesOwnFetch = true;
    const session = { user: { sub: 'ada' }, expiresAt: device.serverTime - minute };
    server.answer = () => session;
    await start(server.withTokens);
    expect(state()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  });

  it('does so although no token can be requested', async () => {
    const server = prepare(0);
    server.usesOwnFetch = true;
    const session = { user: { sub: 'ada' }, expiresAt: device.serverTime - minute };
    server.answer = () => session;
    const getAccessToken = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));
    await start({ ...server.source, getAccessToken });
    await device.advance(minute);
    expect(state()).toMatchObject({ status: 'expired', reason: 'lifetime' });
  });

  it('asks a server that is a few seconds behind once more, and ends the session with it', async () => {
    const server = prepare(3_000);
    await start(server.source);
    await device.advance(30 * minute + 20_000);
    expect(state().status).toBe('expired');
  });
});
