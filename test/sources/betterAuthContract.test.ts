import { describe, it } from 'vitest';
import { betterAuth } from '../../src/sources/better-auth.js';
import { describeSource, type Situation, type SourceScene } from '../../src/testing/index.js';
import { answerFault } from '../browser/sources/answerFault.ts';
import type { BetterAuthAppOptions } from '../browser/sources/betterAuthApp.ts';
import { BetterAuthPage } from './betterAuthPage.ts';
import { limitationsOf } from './table/specimens.ts';

const variants: [name: string, session: BetterAuthAppOptions['session']][] = [
  ['betterAuth', {}],
  [
    'betterAuth, with a cookie cache and deferSessionRefresh',
    { cookieCache: { enabled: true }, deferSessionRefresh: true },
  ],
];

for (const [name, session] of variants) {
  describeSource(name, () => createScene(session), { describe, it });
}

async function createScene(session: BetterAuthAppOptions['session']): Promise<SourceScene> {
  let situation: Situation = 'signed in';
  const page = await BetterAuthPage.open({ session }, (request, response) => {
    if (answerFault(response, situation)) return true;
    const invalid = request.url?.includes('get-session') && invalidSessions[situation];
    if (invalid)
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(invalid));
    return invalid !== undefined && invalid !== false;
  });
  return {
    source: betterAuth(page.client, { login: '/sign-in' }),
    async setSituation(next) {
      situation = 'signed in';
      if (next === 'signed out') page.app.endSessions();
      else if (page.app.tokens().length === 0) await page.signIn();
      situation = next;
    },
    secrets: () => [...page.app.tokens(), ...page.cookies.values()].filter(Boolean),
    limitations: limitationsOf('betterAuth'),
    close: () => page.close(),
  };
}

const user = { id: 'ada' };
const createdAt = new Date().toISOString();
const invalidSessions: Partial<Record<Situation, object>> = {
  'wrong types': { user: { id: 7 }, session: { createdAt, expiresAt: 'soon' } },
  'an expiry in the year 3000': { user, session: { createdAt, expiresAt: '3000-01-01T00:00:00Z' } },
  'a negative expiry': { user, session: { createdAt, expiresAt: '1969-12-31T23:59:00Z' } },
};
