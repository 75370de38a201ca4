// @ts-check
import { createLocalJWKSet, jwtVerify } from 'jose';

/**
 * @typedef {object} ApiOptions
 * @property {string} issuer
 * @property {string} apiUrl
 * @property {import('jose').JWK} key the provider's key, so that the API works while the provider is stopped
 */

/**
 * A small protected API: `GET /notes` requires a token with the scope `notes:read`.
 * @param {ApiOptions} options
 */
export function createApi({ issuer, apiUrl, key }) {
  const { kty, n, e, kid, alg } = key;
  const keys = createLocalJWKSet({ keys: [/** @type {any} */ ({ kty, n, e, kid, alg })] });

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  return async function answer(request, response) {
    const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    // RFC 6750 §3.1: no error code if the request has no credentials.
    if (!token) return refuse(response, 401, 'Bearer');
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience: apiUrl });
      const scopes = String(payload['scope'] ?? '').split(' ');
      if (!scopes.includes('notes:read')) {
        return refuse(response, 403, 'Bearer error="insufficient_scope", scope="notes:read"');
      }
      send(response, 200, { for: payload.sub, at: new Date().toISOString() });
    } catch {
      refuse(response, 401, 'Bearer error="invalid_token"');
    }
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} challenge
 */
function refuse(response, status, challenge) {
  response.setHeader('WWW-Authenticate', challenge);
  send(response, status, { error: challenge });
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {unknown} body
 */
export function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
