import {
  GenericError,
  MfaRequiredError,
  MissingRefreshTokenError,
  PopupCancelledError,
  PopupOpenError,
  PopupTimeoutError,
  TimeoutError,
} from '@auth0/auth0-spa-js';
import { expect, it } from 'vitest';
import { withAuth0Errors } from '../../src/sources/auth0SpaErrors.js';

const popup = {} as Window;

it.each([
  [new GenericError('login_required', 'Login required'), 'ERR_LOGIN_REQUIRED'],
  [
    new GenericError('login_required', 'Multifactor authentication required'),
    'ERR_STEP_UP_REQUIRED',
  ],
  [new MfaRequiredError('mfa_required', 'MFA', 'secret', {}), 'ERR_STEP_UP_REQUIRED'],
  [new GenericError('invalid_grant', 'Unknown or invalid refresh token.'), 'ERR_REFRESH_FAILED'],
  [new GenericError('unauthorized', 'user is blocked'), 'ERR_REFRESH_FAILED'],
  [new GenericError('access_denied', 'an Action denied it'), 'ERR_REFRESH_FAILED'],
  [new MissingRefreshTokenError('', ''), 'ERR_MISSING_REFRESH_TOKEN'],
  [new GenericError('too_many_requests', 'Global limit'), 'ERR_RATE_LIMITED'],
  [new GenericError('Too Many Requests', 'Global limit'), 'ERR_RATE_LIMITED'],
  [new GenericError('request_error', 'HTTP error. Unable to fetch'), 'ERR_SERVER'],
  [new TimeoutError(), 'ERR_TIMEOUT'],
  [new Error("Timeout when executing 'fetch'"), 'ERR_TIMEOUT'],
  [new TypeError('Failed to fetch'), 'ERR_NETWORK'],
  [new TypeError('NetworkError when attempting to fetch resource.'), 'ERR_NETWORK'],
  [new TypeError('Load failed'), 'ERR_NETWORK'],
  [new Error('Failed to fetch'), 'ERR_NETWORK'],
  [new SyntaxError('Unexpected token <, "<h1>Network" is not valid JSON'), 'ERR_BAD_RESPONSE'],
  [new Error('ID token is required but missing'), 'ERR_BAD_RESPONSE'],
  [new GenericError('invalid_client', 'secret'), 'ERR_BAD_RESPONSE'],
])('without a page to show, %s is %s', async (error, code) => {
  const converted = await withAuth0Errors(() => Promise.reject(error), true).catch((e) => e);
  expect(converted.code).toBe(code);
  expect(`${converted.message}${converted.cause}`).not.toContain('secret');
});

it.each([
  [new GenericError('access_denied', 'User did not authorize'), 'ERR_LOGIN_CANCELLED'],
  [new PopupCancelledError(popup), 'ERR_LOGIN_CANCELLED'],
  [new PopupTimeoutError(popup), 'ERR_LOGIN_CANCELLED'],
  [new PopupOpenError(), 'ERR_POPUP_BLOCKED'],
  [new GenericError('state_mismatch', 'Invalid state'), 'ERR_LOGIN_CANCELLED'],
])('in a sign-in, %s is %s', async (error, code) => {
  await expect(withAuth0Errors(() => Promise.reject(error))).rejects.toMatchObject({ code });
});
