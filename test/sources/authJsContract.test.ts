import { describe, it, vi } from 'vitest';
import { type AuthJsOptions, authJs } from '../../src/sources/auth-js.js';
import { describeSource, type Situation, type SourceScene } from '../../src/testing/index.js';
import { answerFault } from '../browser/sources/answerFault.ts';
import { AuthJsPage } from './authJsPage.ts';
import { limitationsOf } from './table/specimens.ts';

const variants: [name: string, options: AuthJsOptions][] = [
  [
    'authJs, with the routes of the app',
    { routes: { session: '/api/session', accessToken: '/api/access-token' } },
  ],
  ['authJs, without a token', { routes: { session: '/api/session' } }],
  ['authJs, without routes', {}],
];

for (const [name, options] of variants) {
  describeSource(name, () => createScene(options), { describe, it });
}

async function createScene(options: AuthJsOptions): Promise<SourceScene> {
  let situation: Situation = 'signed in';
  const issued: string[] = ['secret-access-0', 'secret-refresh'];
  const [access_token, refresh_token] = issued;
  const page = await AuthJsPage.open(
    {
      tokens: { access_token, refresh_token, expires_at: Date.now() / 1_000 + 600 },
      async refresh() {
        if (situation === 'refused')
          throw Object.assign(new Error('refused'), { error: 'invalid_grant' });
        issued.push(`secret-access-${issued.length}`);
        return { access_token: issued.at(-1) ?? '', expires_in: 600 };
      },
    },
    (request, response) => {
      if (answerFault(response, situation)) return true;
      const [path = ''] = request.url?.split('?') ?? [];
      const invalid = invalidAnswers[situation]?.[path];
      if (invalid) response.end(JSON.stringify(invalid));
      return invalid !== undefined;
    },
  );
  vi.stubGlobal('fetch', page.fetch);
  return {
    source: authJs(options),
    async setSituation(next) {
      situation = 'signed in';
      if (next === 'signed out') page.cookies.clear();
      else if (page.cookies.size === 0) await page.signIn();
      situation = next;
    },
    secrets: () => [...issued, ...page.cookies.values()].filter(Boolean),
    limitations: limitationsOf('authJs'),
    close: () => page.close(),
  };
}

function invalidAnswer(session: object, token: object): Record<string, object> {
  return {
    '/api/session': session,
    '/api/auth/session': session,
    '/api/access-token': token,
  };
}

const user = { sub: 'ada' };
const token = 'secret-access-x';
const invalidAnswers: Partial<Record<Situation, Record<string, object>>> = {
  'wrong types': invalidAnswer({ user: { sub: 7 } }, { token: 7 }),
  'an expiry in the year 3000': invalidAnswer(
    { user, expiresAt: 32_503_680_000_000 },
    { token, expires_in: 32_503_680_000 },
  ),
  'a negative expiry': invalidAnswer({ user, expiresAt: -60 }, { token, expires_in: -60 }),
};
