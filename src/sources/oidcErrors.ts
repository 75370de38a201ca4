import { SessionError } from '../core/errors.js';
import { httpError } from './jsonBody.js';
import { oauthError } from './oauthErrors.js';

/**
 * A failure of oidc-client-ts in our words. The original is not kept as the `cause`: its
 * `ErrorResponse` carries the request, and with it the refresh token.
 */
export function toOidcError(thrown: unknown): SessionError {
  if (thrown instanceof SessionError) return thrown;
  const { name, message = '', error } = Object(thrown) as Partial<Error> & { error?: unknown };
  if (typeof error === 'string') return oauthError(error);
  if (name === 'ErrorTimeout') return timedOut();
  // Its JsonService puts the HTTP status into the message: "Bad Gateway (502)".
  const status = /\((\d{3})\)/.exec(message)?.[1];
  if (status) return httpError(Number(status));
  return byMessage(message) ?? unknown(thrown);
}

/** What `call` answers; its failure in our words. */
export async function askOidc<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw toOidcError(error);
  }
}

function byMessage(message: string): SessionError | null {
  if (message.startsWith('Popup closed') || message === 'Redirect aborted') {
    return new SessionError(
      'ERR_LOGIN_CANCELLED',
      'The sign-in window was closed before the sign-in was done. Offer to sign in once more.',
    );
  }
  if (message.includes('disposed window') || message.startsWith('Popup blocked')) {
    return new SessionError(
      'ERR_POPUP_BLOCKED',
      'The browser did not open the sign-in window. Call login() from a click, or with display: "redirect".',
    );
  }
  if (message.startsWith('No matching state')) {
    return new SessionError(
      'ERR_LOGIN_CANCELLED',
      'This sign-in is over, or was begun in another browser. Offer to sign in once more.',
    );
  }
  if (message.startsWith('IFrame timed out')) return timedOut();
  if (message.startsWith('Invalid response Content-Type')) return badAnswer();
  return null;
}

function unknown(thrown: unknown): SessionError {
  if (thrown instanceof SyntaxError) return badAnswer();
  return new SessionError(
    'ERR_NETWORK',
    'The provider could not be reached, or its answer not be read. It is asked again.',
  );
}

function timedOut(): SessionError {
  return new SessionError('ERR_TIMEOUT', 'The provider did not answer in time. It is asked again.');
}

function badAnswer(): SessionError {
  return new SessionError(
    'ERR_BAD_RESPONSE',
    'Something answered in the place of the provider, but not in JSON. It is asked again.',
  );
}
