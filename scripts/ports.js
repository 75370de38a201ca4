// @ts-check
import { createServer } from 'node:net';

/**
 * Returns the first port from `first` on that is free on 127.0.0.1 and on every other interface:
 * `localhost` may resolve to `::1` as well.
 * @param {number} first
 * @param {readonly number[]} [reserved] ports to skip
 * @returns {Promise<number>}
 */
export async function freePort(first, reserved = []) {
  for (let port = first; port < first + 100; port++) {
    if (!reserved.includes(port) && (await isFree(port, '127.0.0.1')) && (await isFree(port)))
      return port;
  }
  throw new Error(`All ports from ${first} to ${first + 99} are in use. Free one, or set PORT.`);
}

/**
 * @param {number} port
 * @param {string} [host]
 */
function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}
