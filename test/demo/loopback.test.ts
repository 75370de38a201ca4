import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite } from '../../bench/site.js';
import { startDemo } from '../../demo/index.js';

/** Also loopback, but another address: only a server that listens on all interfaces answers there. */
const otherAddress = '127.0.0.2';

let demo: Awaited<ReturnType<typeof startDemo>>;

beforeAll(async () => {
  demo = await startDemo({ appOrigins: [], redirectUris: ['http://localhost:1/callback'] });
});
afterAll(() => demo.stop());

/** Whether a server listens at this port of `host`. */
function isOpen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 5_000 });
    const answer = (isConnected: boolean) => {
      socket.destroy();
      resolve(isConnected);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}

it.each(['issuer', 'apiUrl'] as const)(
  'the server of the demo’s %s listens on 127.0.0.1 only',
  async (server) => {
    const port = Number(new URL(demo[server]).port);
    expect(await isOpen(port, '127.0.0.1')).toBe(true);
    expect(await isOpen(port, otherAddress)).toBe(false);
  },
);

it('the server of the benchmarks listens on 127.0.0.1 only', async () => {
  const site = await startSite({ accessTokenTtl: 60 });
  const port = Number(new URL(site.app).port);
  expect(await isOpen(port, '127.0.0.1')).toBe(true);
  expect(await isOpen(port, otherAddress)).toBe(false);
  await site.stop();
});

it('the test notices a server that listens on all interfaces', async () => {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  // macOS has one loopback address only.
  const isNoticed = process.platform !== 'darwin';
  expect(await isOpen((server.address() as AddressInfo).port, otherAddress)).toBe(isNoticed);
  server.close();
});
