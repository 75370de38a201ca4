import { describe, expect, it } from 'vitest';
import { toMs } from '../../src/core/duration.js';
import { readJwtDates } from '../../src/core/jwt.js';
import { checkReturnTo } from '../../src/core/returnTo.js';
import { readAccessToken, readSession } from '../../src/core/validate.js';
import {
  absolute,
  createSessionClient,
  type Duration,
  hybrid,
  rolling,
  type SessionSource,
} from '../../src/index.js';

const now = Date.UTC(2026, 0, 1);

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['30d', 2_592_000_000],
    [1_234, 1_234],
  ] as [Duration, number][])('is read: %s is %d ms', (duration, ms) => {
    expect(toMs(duration, 'it')).toBe(ms);
  });

  it.each([
    '',
    '5',
    '5 m',
    '-5m',
    'soon',
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    null,
    undefined,
  ])('is refused if it is "%s", with a message that says what to do', (duration) => {
    expect(() => toMs(duration as Duration, 'rolling({ idle })')).toThrow(TypeError);
    expect(() => toMs(duration as Duration, 'rolling({ idle })')).toThrow(
      /rolling\(\{ idle \}\).*Use a positive/,
    );
  });
});

describe('a TypeError is thrown at once for', () => {
  const source: SessionSource = { name: 'test', getSession: async () => null };

  it.each([
    [
      'an invalid duration',
      () => absolute({ lifetime: 'long' as Duration }),
      /Use a positive number/,
    ],
    ['rolling() without idle', () => rolling({} as { idle: Duration }), /needs \{ idle \}/],
    ['a warning under 20 s', () => hybrid({ warnBefore: '10s' }), /at least 20 s/],
    [
      'a warning as long as the session',
      () => rolling({ idle: '1m', warnBefore: '1m' }),
      /make it shorter/,
    ],
    ['no source', () => createSessionClient({} as never), /needs a source/],
    [
      'a source without getSession',
      () => createSessionClient({ source: { name: 'x' } as never }),
      /getSession\(\)/,
    ],
    [
      'an unknown policy',
      () => createSessionClient({ source, policy: { kind: 'odd' } as never }),
      /absolute\(\), rolling\(\) or hybrid\(\)/,
    ],
    [
      'an invalid refresh window',
      () => createSessionClient({ source, refresh: { window: [0.9, 0.5] } }),
      /refresh\.window/,
    ],
    [
      'an invalid time-out',
      () => createSessionClient({ source, refresh: { timeout: 0 } }),
      /refresh\.timeout/,
    ],
  ] as [string, () => unknown, RegExp][])('%s', (_what, misuse, sentence) => {
    expect(misuse).toThrow(TypeError);
    expect(misuse).toThrow(sentence);
  });
});

describe('the dates of a JWT', () => {
  it('are read in epoch milliseconds', () => {
    expect(readJwtDates(jwt({ exp: 1_800_000_000, iat: 1_799_999_000 }))).toEqual({
      expiresAt: 1_800_000_000_000,
      issuedAt: 1_799_999_000_000,
    });
  });

  it.each([
    ['missing', {}],
    ['text', { exp: '1800000000' }],
    ['milliseconds by mistake', { exp: 1_800_000_000_000 }],
    ['negative', { exp: -1 }],
    ['null', { exp: null }],
  ])('are unknown when exp is %s', (_what, claims) => {
    expect(readJwtDates(jwt(claims))).toEqual({});
  });

  it('are unknown for an opaque token', () => {
    expect(readJwtDates('opaque')).toEqual({});
  });
});

describe('the answer of a source', () => {
  it.each([
    ['HTML', '<html>'],
    ['undefined', undefined],
    ['an array', []],
    ['a user without sub', { user: {} }],
    ['an empty sub', { user: { sub: '' } }],
    ['a number for a sub', { user: { sub: 7 } }],
    ['a date as text', { user: { sub: 'ada' }, expiresAt: '2026-01-01' }],
    ['seconds for milliseconds', { user: { sub: 'ada' }, expiresAt: 1_800_000_000 }],
    ['a negative date', { user: { sub: 'ada' }, expiresAt: -5 }],
    ['the year 3000', { user: { sub: 'ada' }, expiresAt: Date.UTC(3000, 0) }],
    ['NaN', { user: { sub: 'ada' }, startedAt: Number.NaN }],
  ])('is refused as a session when it is %s', (_what, answer) => {
    expect(() => readSession(answer, now, 'test')).toThrow(
      expect.objectContaining({ code: 'ERR_BAD_RESPONSE', retryable: true }),
    );
  });

  it('means that no user is signed in only when it is null', () => {
    expect(readSession(null, now, 'test')).toBeNull();
  });

  it('has no standard claim that is not text, so that a page can render each', () => {
    const user = {
      sub: 'ada',
      name: null,
      email: { value: 'a@b' },
      picture: 7,
      nickname: 'A',
      tenant: 7,
    };
    expect(readSession({ user }, now, 'test')).toEqual({
      user: { sub: 'ada', nickname: 'A', tenant: 7 },
    });
  });

  it.each([
    ['HTML', '<html>'],
    ['null', null],
    ['an object without a value', {}],
    ['an empty value', { value: '' }],
    ['five megabytes', { value: 'x'.repeat(5_000_000) }],
    ['seconds for milliseconds', { value: 't', expiresAt: 1_800_000_000 }],
    ['the year 3000', { value: 't', expiresAt: Date.UTC(3000, 0) }],
    ['a date as text', { value: 't', expiresAt: '1800000000000' }],
  ])('is refused as a token when it is %s', (_what, answer) => {
    expect(() => readAccessToken(answer, now, 'test')).toThrow(
      expect.objectContaining({ code: 'ERR_BAD_RESPONSE' }),
    );
  });

  it.each([
    { value: 'secret-token with a space' },
    { value: 'secret-token', expiresAt: 1_800_000_000 },
    { value: 'secret-token', sub: 7 },
  ])('is refused as a token without being quoted in the error', (answer) => {
    expect(() => readAccessToken(answer, now, 'test')).toThrow(
      expect.objectContaining({
        code: 'ERR_BAD_RESPONSE',
        message: expect.not.stringContaining('secret'),
      }),
    );
  });

  it('gets the dates of its JWT when it has none', () => {
    const value = jwt({ exp: now / 1_000 + 60, iat: now / 1_000 });
    expect(readAccessToken({ value }, now, 'test').expiresAt).toBe(now + 60_000);
  });

  it('keeps its own dates when the JWT has others', () => {
    const value = jwt({ exp: now / 1_000 + 60 });
    expect(readAccessToken({ value, expiresAt: now + 5_000 }, now, 'test').expiresAt).toBe(
      now + 5_000,
    );
  });
});

describe('returnTo', () => {
  it.each(['/', '/reports?page=2#top', '/a//b', undefined])('may be %s', (path) => {
    expect(() => checkReturnTo(path)).not.toThrow();
  });

  it.each([
    '//host',
    '/\\host',
    '/\t/host',
    '/a\\b',
    '/a\nb',
    'https://host/',
    'javascript:alert(1)',
    'data:text/html,x',
    'reports',
    '',
    7,
    null,
  ])('may not be %j', (path) => {
    expect(() => checkReturnTo(path)).toThrow(TypeError);
  });
});
