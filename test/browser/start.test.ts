import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type RunningDemo, startDemo } from './support/demo.ts';

let demo: RunningDemo | undefined;

afterEach(async () => {
  await demo?.stop();
});

it('npm start prints the addresses of running servers, and Ctrl-C stops them all', async () => {
  demo = await startDemo(6300);
  const addresses = [demo.app, `${demo.issuer}/.well-known/openid-configuration`];
  for (const address of addresses) expect((await fetch(address)).status).toBe(200);
  expect((await fetch(`${demo.api}/notes`)).status).toBe(401);
  expect(await demo.stop()).toBe(0);
  for (const address of addresses) await expect(fetch(address)).rejects.toThrow('fetch failed');
});

// 127.0.0.2 is loopback too, but only a server that listens on all interfaces answers there.
it('npm start listens on 127.0.0.1 only', async () => {
  demo = await startDemo(6320);
  for (const address of [demo.app, demo.issuer, demo.api]) {
    await expect(fetch(address.replace('localhost', '127.0.0.2'))).rejects.toThrow('fetch failed');
  }
});

it('npm start uses another port if one is taken, and prints it', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(6310, resolve));
  demo = await startDemo(6310);
  expect(demo.output()).toMatch(/Port 6310 is taken; Storybook uses \d+\./);
  expect(demo.app).not.toContain(':6310');
  expect((await fetch(demo.app)).status).toBe(200);
  other.close();
});
