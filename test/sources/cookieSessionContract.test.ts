import { describe, it, vi } from 'vitest';
import { type CookieSessionOptions, cookieSession } from '../../src/sources/cookie-session.js';
import { describeSource, type Situation, type SourceScene } from '../../src/testing/index.js';
import { answerFault } from '../browser/sources/answerFault.ts';
import { CookieServer, type SignedOutAnswer } from '../browser/sources/cookieServer.ts';
import { CookiePage } from './cookieSessionPage.ts';
import { limitationsOf } from './table/specimens.ts';

const options: CookieSessionOptions = {
  me: '/api/me',
  readSession: ({ sub, startedAt, endsAt }) => ({
    user: { sub: sub as string },
    startedAt: startedAt as number,
    expiresAt: endsAt as number,
  }),
  extend: '/api/keep-alive',
  login: '/login',
  logout: '/logout',
  csrf: { header: 'X-CSRFToken', cookie: 'csrftoken' },
};

const variants: [name: string, answer: SignedOutAnswer, options: Partial<CookieSessionOptions>][] =
  [
    ['401', '401', {}],
    ['403, as Django REST framework', '403', { signedOut: [401, 403] }],
    ['204', '204', {}],
    ['null', 'null', { csrf: { header: 'X-CSRFToken', meta: 'csrf-token' } }],
    ['a redirect to the sign-in page', 'a redirect to the sign-in page', {}],
  ];

for (const [name, answer, own] of variants) {
  describeSource(
    `cookieSession, without a session ${name}`,
    () => createScene(answer, { ...options, ...own }),
    { describe, it },
  );
}

async function createScene(
  answer: SignedOutAnswer,
  given: CookieSessionOptions,
): Promise<SourceScene> {
  let situation: Situation = 'signed in';
  const server = new CookieServer();
  server.signedOutAnswer = answer;
  const page = await CookiePage.open((request, response) => {
    if (answerFault(response, situation)) return;
    const invalid = request.url === '/api/me' && invalidSessions[situation];
    if (invalid) response.end(JSON.stringify(invalid));
    else server.handle(request, response);
  });
  vi.stubGlobal('fetch', page.fetch);
  return {
    source: cookieSession(given),
    async setSituation(next) {
      if (next === 'signed out') server.endSessions();
      if (next === 'signed in') {
        situation = next;
        if (!server.hasSession) await page.signIn();
      }
      situation = next;
    },
    secrets: () => [...page.cookies.values()],
    limitations: limitationsOf('cookieSession'),
    close: () => page.close(),
  };
}

const invalidSessions: Partial<Record<Situation, object>> = {
  'wrong types': { sub: 7 },
  'an expiry in the year 3000': { sub: 'ada', endsAt: 32_503_680_000_000 },
  'a negative expiry': { sub: 'ada', endsAt: -60 },
};
