import { describe, expect, it } from 'vitest';
import { toSessionError } from '../../src/core/errors.js';
import { SessionError } from '../../src/index.js';

describe('a SessionError', () => {
  it.each([
    ['ERR_NETWORK', true],
    ['ERR_TIMEOUT', true],
    ['ERR_RATE_LIMITED', true],
    ['ERR_SERVER', true],
    ['ERR_BAD_RESPONSE', true],
    ['ERR_REFRESH_FAILED', false],
    ['ERR_LOGIN_REQUIRED', false],
    ['ERR_NOT_SUPPORTED', false],
  ] as const)('with the code %s has retryable: %s', (code, retryable) => {
    const error = new SessionError(code, 'message', { retryAfter: 5 });
    expect(error).toMatchObject({ name: 'SessionError', code, retryable, retryAfter: 5 });
  });

  it('replaces an unclassified error of a source, and contains nothing of it', () => {
    const thrown = Object.assign(new TypeError('secret'), { form: 'refresh_token=secret' });
    const error = toSessionError(thrown, 'test');
    expect(error).toMatchObject({ code: 'ERR_NETWORK', retryable: true });
    expect(JSON.stringify([error, error.message, error.cause])).not.toContain('secret');
  });
});
