// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionClient, SessionEvent } from '../../src/index.js';
import { settled } from '../../src/testing/testEnvironment.js';
import { FakeSource } from '../support/fakeSource.js';

type Copy = typeof import('../../src/index.js');

/** Another copy of the package, as a second bundle on the page has it. */
async function loadCopy(): Promise<Copy> {
  vi.resetModules();
  return import('../../src/index.js');
}

let copies: [Copy, Copy];
let source: FakeSource;
let clients: SessionClient[];
beforeEach(async () => {
  // A new page.
  Reflect.deleteProperty(globalThis, Symbol.for('session-clock clients 1'));
  copies = [await loadCopy(), await loadCopy()];
  source = new FakeSource();
  clients = [];
});
afterEach(() => {
  for (const client of clients) client.stop();
});

function create(copy: Copy, onEvent: (event: SessionEvent) => void = () => {}): SessionClient {
  const client = copy.createSessionClient({ source, name: 'app', onEvent });
  client.start();
  clients.push(client);
  return client;
}

const isActive = (client: SessionClient) =>
  vi.waitFor(() => expect(client.getSnapshot().status).toBe('active'));

describe('two copies of the package on one page', () => {
  it('share one client, which asks the source once and emits each event once to each', async () => {
    const events: [string[], string[]] = [[], []];
    const [first, second] = [
      create(copies[0], ({ type }) => events[0].push(type)),
      create(copies[1], ({ type }) => events[1].push(type)),
    ];
    await isActive(second);
    expect(source.asked.session).toBe(1);
    await second.logout();
    expect(first.getSnapshot()).toMatchObject({ status: 'signed-out', reason: 'signed-out' });
    expect(events[1]).toEqual(events[0]);
    expect(events[0].filter((type) => type === 'session-ended').length).toBe(1);
  });

  it('keep the client running until both have stopped it', async () => {
    const [first, second] = [create(copies[0]), create(copies[1])];
    await isActive(first);
    first.stop();
    await settled();
    expect(second.getSnapshot().status).toBe('active');
    expect(source.onEvent).not.toBeNull();
    second.stop();
    await vi.waitFor(() => expect(source.onEvent).toBeNull());
  });

  it('get each event once, and only while they use the client', async () => {
    const seen: string[] = [];
    const first = create(copies[0]);
    await isActive(first);
    for (let mount = 0; mount < 3; mount++) {
      const again = create(copies[1], ({ type }) => seen.push(type));
      await settled();
      again.stop();
      await settled();
    }
    await first.logout();
    expect(seen).toEqual([]);
    source.session = { user: { sub: 'ada' } };
    await first.login();
    create(copies[1], ({ type }) => seen.push(type));
    await settled();
    await first.logout();
    expect(seen).toEqual(['session-ended']);
  });

  it('recognize each other’s errors', async () => {
    source.session = null;
    const client = create(copies[0]);
    const error: unknown = await client.getSession().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(copies[1].SessionError);
    expect(new Error('another one')).not.toBeInstanceOf(copies[1].SessionError);
    expect(null).not.toBeInstanceOf(copies[1].SessionError);
  });

  it('do not share clients of different names', () => {
    const [first, second] = copies;
    const one = first.createSessionClient({ source, name: 'one' });
    expect(second.createSessionClient({ source, name: 'two' }).environment).not.toBe(
      one.environment,
    );
  });
});
