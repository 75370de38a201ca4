// @ts-check
import { createServer } from 'node:http';

/**
 * A server that can be stopped, so that it refuses connections, and started again on the same port.
 * @param {() => import('node:http').RequestListener} handler
 * @param {number} port 0: any free port
 * @param {string} host
 */
export async function createListener(handler, port, host) {
  /** @type {import('node:http').Server | null} */
  let server = null;
  let ownPort = port;

  async function start() {
    if (server) return;
    const next = createServer((request, response) => handler()(request, response));
    await /** @type {Promise<void>} */ (
      new Promise((resolve, reject) => {
        next.once('error', reject);
        next.listen(ownPort, host, resolve);
      })
    );
    const address = next.address();
    if (address && typeof address === 'object') ownPort = address.port;
    server = next;
  }

  async function stop() {
    const current = server;
    server = null;
    if (!current) return;
    const closed = new Promise((resolve) => current.close(resolve));
    current.closeAllConnections();
    await closed;
  }

  await start();
  return {
    start,
    stop,
    get port() {
      return ownPort;
    },
    get running() {
      return server !== null;
    },
  };
}
