import { SessionError } from '../core/errors.js';
import type { LoginContext, SessionSource, SourceLoginRequest } from '../core/sessionSource.js';
import { toAuthorizationParams } from './authorizationParams.js';
import { currentPath } from './currentPath.js';
import { openPopup, untilUserReturns } from './navigation.js';
import { withQuery } from './withQuery.js';

/** A sign-in page of the server, which sends the user back to the path in a parameter. */
export interface AppSignInPage {
  page: string;
  /** The parameter with the path to come back to. */
  returnParam: string;
  /** A page of this origin at which a sign-in in a pop-up ends. Absent: no pop-up. */
  popupReturn?: string | undefined;
}

/** `login()` of a source that has a sign-in page: in a pop-up if there is a page at which it ends. */
export function signInAt(signInPage: AppSignInPage): NonNullable<SessionSource['login']> {
  return (request, context) => openSignInPage(signInPage, request, context);
}

async function openSignInPage(
  { page, returnParam, popupReturn }: AppSignInPage,
  request: SourceLoginRequest,
  { signal }: LoginContext,
): Promise<void> {
  const { display = popupReturn === undefined ? 'redirect' : 'popup' } = request;
  const addressWith = (returnTo: string): string =>
    withQuery(page, { ...toAuthorizationParams(request), [returnParam]: returnTo });
  if (display === 'popup') {
    if (popupReturn === undefined) throw noPopup();
    return openPopup(addressWith(popupReturn), popupReturn, signal);
  }
  location.assign(addressWith(request.returnTo ?? currentPath()));
  return untilUserReturns(signal);
}

function noPopup(): SessionError {
  return new SessionError(
    'ERR_NOT_SUPPORTED',
    'This sign-in page opens no pop-up. Call login() without display: "popup", or set popupReturn in the login option.',
  );
}
