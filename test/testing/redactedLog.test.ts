import { expect, it } from 'vitest';
import { redact } from '../../src/core/shell/inputLog.js';
import { type Session, SessionError } from '../../src/index.js';
import { revive } from '../../src/replay/revive.js';
import { createTestClient, TestClock, TestSource } from '../../src/testing/index.js';

const userOf = ({ user }: Session): string => `key of ${user.sub.length}`;

function throughText(value: unknown): unknown {
  return revive(JSON.parse(JSON.stringify(redact(value, { userOf }))));
}

it('what JSON lacks survives a log', () => {
  const numbers = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0, null];
  const value = { numbers, nothing: undefined, text: 'Infinity', list: [undefined] };
  expect(throughText(value)).toStrictEqual(value);
  expect(Object.keys(throughText(value) as object)).toContain('nothing');
});

it('an error survives a log, and stays the same error', () => {
  const busy = new SessionError('ERR_RATE_LIMITED', 'Too many.', { retryAfter: 5_000 });
  const equal = new SessionError('ERR_RATE_LIMITED', 'Too many.', { retryAfter: 5_000 });
  const refused = new SessionError('ERR_REFRESH_FAILED', 'Refused.');
  const other = new TypeError('no error of ours');
  const errors = throughText([busy, equal, busy, refused, other]) as SessionError[];
  expect(errors[0]).toBeInstanceOf(SessionError);
  expect(errors[0]).toMatchObject({
    code: 'ERR_RATE_LIMITED',
    message: 'Too many.',
    retryAfter: 5_000,
    retryable: true,
  });
  expect(errors[3]).toMatchObject({ code: 'ERR_REFRESH_FAILED', retryable: false });
  expect(errors[3]?.retryAfter).toBeUndefined();
  expect(errors[4]).not.toBeInstanceOf(SessionError);
  expect(errors[4]?.message).toBe('no error of ours');
  expect(errors[2]).toBe(errors[0]);
  expect(errors[1]).not.toBe(errors[0]);
});

it('nothing of an error survives but its code, its message and the time to wait', () => {
  const cause = new Error('secret');
  const error = Object.assign(new SessionError('ERR_SERVER', 'HTTP 503', { cause }), {
    response: 'secret',
  });
  expect(JSON.stringify(redact(error, { userOf }))).not.toContain('secret');
});

it('a log has no token, no claim and no id of a user, and tells them apart', async () => {
  const clock = new TestClock();
  const sub = 'ada@example.org';
  const ada = { user: { sub, name: 'Ada Lovelace', sid: 'session-id', deep: { sub: 'deep' } } };
  const source = new TestSource({ session: ada });
  let count = 0;
  source.getAccessToken = async () => ({ value: `secret-${++count % 2}`, sub });
  const userKey = ({ user }: Session): string => `${user.sub} of the tenant`;
  const client = createTestClient({ source, clock, userKey });
  client.start();
  for (let calls = 0; calls < 4; calls++) {
    await Promise.all([client.getAccessToken({ forceRefresh: true }), clock.advance('2m')]);
  }
  await Promise.all([client.logout(), clock.advance('1s')]);
  source.nextSession = { user: { sub: 'grace', name: 'Grace Hopper' } };
  await Promise.all([client.login(), clock.advance('1s')]);
  // Decided calls are in the state.
  await Promise.all([client.getSession(), clock.advance('1s')]);
  const log = client.getLog();
  const text = JSON.stringify(log);
  for (const secret of ['secret-', 'Lovelace', 'Hopper', 'ada', 'grace', 'session-id', 'tenant']) {
    expect(text).not.toContain(secret);
  }
  const tokens = log.entries.flatMap(({ input }) => {
    const { token } = input as { token?: { value: string; sub: string } };
    return token ? [token] : [];
  });
  expect(tokens).toHaveLength(4);
  expect(new Set(tokens.map(({ value }) => value)).size).toBe(2);
  const users = [...text.matchAll(/"user":\{"sub":"(\w+)"/g)].map(([, user]) => user);
  expect(new Set(users).size).toBe(2);
  expect(users).toContain(tokens[0]?.sub);
  client.stop();
});

it('a log has none of the tokens in the state before its first entry', async () => {
  const clock = new TestClock();
  const source = new TestSource({ accessTokenLifetime: '1m' });
  const client = createTestClient({ source, clock });
  client.start();
  client.retainAccessToken();
  await clock.advance('3h');
  const { state, skipped } = client.getLog();
  expect(skipped).toBeGreaterThan(0);
  expect(state['tokens']).toMatchObject({ 'token:{}': { token: { value: expect.any(String) } } });
  expect(JSON.stringify(client.getLog())).not.toContain('test-token');
  client.stop();
});
