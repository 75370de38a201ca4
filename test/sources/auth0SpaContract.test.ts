import type { RequestListener, ServerResponse } from 'node:http';
import { Auth0Client } from '@auth0/auth0-spa-js';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { auth0Spa } from '../../src/sources/auth0-spa.js';
import { describeSource, type Situation, type SourceScene } from '../../src/testing/index.js';
import { answerFault } from '../browser/sources/answerFault.ts';
import { type Auth0Provider, startAuth0Provider } from '../browser/sources/auth0Provider.ts';
import { appOrigin, openAuth0Page } from './auth0SpaPage.ts';
import { signInAda } from './auth0SpaUser.ts';
import { limitationsOf } from './table/specimens.ts';

// The real SDK, with a real OpenID provider at Auth0's paths.

let provider: Auth0Provider;
let situation: Situation = 'signed in';
const secrets: string[] = [];

beforeAll(async () => {
  provider = await startAuth0Provider({ app: appOrigin, accessTokenTtl: 60, intercept });
});
afterAll(() => provider.stop());

describeSource('auth0Spa', createScene, { describe, it });

/** Answers a token request as the situation says, in place of the provider or by changing its answer. */
function intercept(...[request, response]: Parameters<RequestListener>): boolean {
  if (request.url !== '/token') return false;
  if (answerFault(response, situation)) return true;
  changeAnswer(response);
  return false;
}

function changeAnswer(response: ServerResponse): void {
  const end = response.end.bind(response) as (body: string) => ServerResponse;
  response.end = ((body: unknown) => {
    const changed = changeTokens(JSON.parse(String(body)) as Record<string, unknown>);
    const text = JSON.stringify(changed);
    response.setHeader('Content-Length', Buffer.byteLength(text));
    return end(text);
  }) as typeof response.end;
}

/** Opaque tokens, as Auth0 issues them without an audience. */
function changeTokens(answer: Record<string, unknown>): Record<string, unknown> {
  if (!('access_token' in answer)) return answer;
  const access_token = `opaque-${secrets.length}-${Math.random().toString(36).slice(2)}`;
  const expires_in = lifetimes[situation] ?? 60;
  const changed = { ...answer, access_token, expires_in };
  for (const name of ['access_token', 'refresh_token', 'id_token'] as const) {
    secrets.push(String((changed as Record<string, unknown>)[name]));
  }
  return situation === 'wrong types' ? { ...changed, access_token: 7 } : changed;
}

/** In s. */
const lifetimes: Partial<Record<Situation, number>> = {
  'an expiry in the year 3000': 30_000_000_000,
  'a negative expiry': -60,
};

async function createScene(): Promise<SourceScene> {
  openAuth0Page();
  const client = new Auth0Client({
    domain: provider.domain,
    clientId: provider.clientId,
    useRefreshTokens: true,
    authorizationParams: { redirect_uri: appOrigin },
  });
  let isRevoked = false;
  return {
    source: auth0Spa(client),
    async setSituation(next) {
      situation = next;
      if (next === 'refused') provider.revokeTokens();
      if (next === 'signed out') provider.endSessions();
      if (next === 'signed out' || isRevoked) await client.logout({ openUrl: false });
      isRevoked = next === 'refused';
      if (next === 'signed in' && !(await client.getUser())) await signInAda(client);
    },
    secrets: () => secrets,
    limitations: limitationsOf('auth0Spa'),
    close: () => void vi.unstubAllGlobals(),
  };
}
