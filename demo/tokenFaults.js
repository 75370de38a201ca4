// @ts-check

const refusals = /** @type {Record<string, [status: number, body: string]>} */ ({
  429: [429, ''],
  500: [500, '<h1>Oops</h1>'],
  mfa: [403, JSON.stringify({ error: 'mfa_required', mfa_token: 'a-token-of-its-own' })],
});

/**
 * A provider's handler whose token endpoint refuses requests while a fault is set.
 * @param {import('node:http').RequestListener} handler
 */
export function createTokenFaults(handler) {
  /** @type {string | null} */
  let current = null;
  return {
    names: Object.keys(refusals),
    /** @param {string | null} name */
    set(name) {
      current = name;
    },
    /** @type {import('node:http').RequestListener} */
    handle(request, response) {
      const refusal = current !== null && refusals[current];
      if (!refusal || request.url !== '/token') return handler(request, response);
      const [status, body] = refusal;
      response.writeHead(status, {
        'Content-Type': body.startsWith('{') ? 'application/json' : 'text/html',
      });
      response.end(body);
    },
  };
}
