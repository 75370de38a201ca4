import type { LogoutRequest, RequestParams } from '../core/types.js';
import { watchPopup } from './navigation.js';
import type { OidcUserManager, SignoutArgs } from './oidcUserManager.js';

/**
 * Signs the user out at the provider, or only in this browser if the provider has no endpoint for it.
 * Default display: a pop-up if the app has configured a page for it, else a redirect.
 */
export async function signOut(
  userManager: OidcUserManager,
  { display, returnTo, params = {} }: LogoutRequest,
): Promise<void> {
  // Requested before the SDK removes the user: if the provider does not answer, the session is kept.
  if (!(await userManager.metadataService.getEndSessionEndpoint())) return userManager.removeUser();
  const { popup_post_logout_redirect_uri: own, post_logout_redirect_uri } = userManager.settings;
  const isPopup = own !== undefined && own !== post_logout_redirect_uri;
  return (display ?? (isPopup ? 'popup' : 'redirect')) === 'popup'
    ? inPopup(userManager, params)
    : byRedirect(userManager, { state: { returnTo }, extraQueryParams: params });
}

/**
 * The redirect's promise never settles, because the page unloads. The sign-out resolves when the SDK
 * has removed the user, so that the other tabs are informed before that.
 */
async function byRedirect(userManager: OidcUserManager, args: SignoutArgs): Promise<void> {
  const { events } = userManager;
  let onUnloaded = (): void => {};
  const unloaded = new Promise<void>((resolve) => {
    onUnloaded = resolve;
  });
  events.addUserUnloaded(onUnloaded);
  try {
    await Promise.race([userManager.signoutRedirect(args), unloaded]);
  } finally {
    events.removeUserUnloaded(onUnloaded);
  }
}

async function inPopup(
  userManager: OidcUserManager,
  extraQueryParams: RequestParams,
): Promise<void> {
  const closed = new AbortController();
  const popupWindowTarget = `sign-out-${Date.now()}`;
  const popup = { popupWindowTarget, popupSignal: closed.signal };
  const done = userManager.signoutPopup({ ...popup, extraQueryParams });
  // The SDK does not notice a closed window. `open()` with the window's name finds it without opening one.
  const stop = watchPopup(open('', popupWindowTarget), () => closed.abort('Popup closed by user'));
  return done.finally(stop);
}
