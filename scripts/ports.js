// @ts-check
import { createServer } from 'node:net';

/**
 * The first free port from `wanted` on, of 127.0.0.1 and of whatever else `localhost` may mean.
 * @param {number} wanted
 * @param {readonly number[]} [taken] promised to others
 * @returns {Promise<number>}
 */
export async function freePort(wanted, taken = []) {
  for (let port = wanted; port < wanted + 100; port++) {
    if (!taken.includes(port) && (await isFree(port, '127.0.0.1')) && (await isFree(port)))
      return port;
  }
  throw new Error(`All ports from ${wanted} to ${wanted + 99} are taken. Free one, or set PORT.`);
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
