import { SessionError } from '../core/errors.js';
import { httpError } from './jsonBody.js';
import { oauthError } from './oauthErrors.js';

/**
 * Converts an error of oidc-client-ts to a `SessionError`. The original is not kept as the `cause`:
 * an `ErrorResponse` contains the request, and with it the refresh token.
 */
export function toOidcError(thrown: unknown): SessionError {
  if (thrown instanceof SessionError) return thrown;
  const { name, message = '', error } = Object(thrown) as Partial<Error> & { error?: unknown };
  if (typeof error === 'string') return oauthError(error);
  if (name === 'ErrorTimeout') return timedOut();
  // Its JsonService puts the HTTP status into the message: "Bad Gateway (502)".
  const status = /\((\d{3})\)/.exec(message)?.[1];
  if (status) return httpError(Number(status));
  return fromMessage(message) ?? fromUnknown(thrown);
}

/** Runs `call`, and converts its error with `toOidcError()`. */
export async function withOidcErrors<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw toOidcError(error);
  }
}

function fromMessage(message: string): SessionError | null {
  if (message.startsWith('Popup closed') || message === 'Redirect aborted') {
    return new SessionError(
      'ERR_LOGIN_CANCELLED',
      'The sign-in window was closed before the sign-in was complete. Offer the sign-in again.',
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
      'This sign-in is already complete, or was started in another browser. Offer the sign-in again.',
    );
  }
  if (message.startsWith('IFrame timed out')) return timedOut();
  if (message.startsWith('Invalid response Content-Type')) return badResponse();
  return null;
}

function fromUnknown(thrown: unknown): SessionError {
  if (thrown instanceof SyntaxError) return badResponse();
  return new SessionError(
    'ERR_NETWORK',
    'The provider could not be reached, or its answer could not be read. The request is repeated.',
  );
}

function timedOut(): SessionError {
  return new SessionError(
    'ERR_TIMEOUT',
    'The provider did not answer in time. The request is repeated.',
  );
}

function badResponse(): SessionError {
  return new SessionError(
    'ERR_BAD_RESPONSE',
    'The answer is not JSON, so it may not come from the provider. The request is repeated; if this continues, look at the network panel.',
  );
}
