import type { LogoutRequest } from '../core/types.js';
import { watchWindow } from './navigation.js';
import type { OidcUserManager } from './oidcUserManager.js';

/**
 * Signs the person out at the provider; where that cannot, here alone. In a pop-up only where the
 * app has a page for it, as a pop-up that nobody expects is a nuisance.
 */
export async function signOut(
  userManager: OidcUserManager,
  { display, returnTo }: LogoutRequest,
): Promise<void> {
  // Before the SDK forgets the user: a provider that is away keeps nobody half signed out.
  if (!(await userManager.metadataService.getEndSessionEndpoint())) return userManager.removeUser();
  const { popup_post_logout_redirect_uri: own, post_logout_redirect_uri } = userManager.settings;
  const isPopup = own !== undefined && own !== post_logout_redirect_uri;
  return (display ?? (isPopup ? 'popup' : 'redirect')) === 'popup'
    ? inPopup(userManager)
    : byRedirect(userManager, returnTo);
}

/** The page leaves and nothing comes back, so it is done when the user is forgotten: siblings are told in time. */
async function byRedirect(userManager: OidcUserManager, returnTo?: string): Promise<void> {
  const { events } = userManager;
  let forget = (): void => {};
  const forgotten = new Promise<void>((resolve) => {
    forget = resolve;
  });
  events.addUserUnloaded(forget);
  try {
    await Promise.race([userManager.signoutRedirect({ state: { returnTo } }), forgotten]);
  } finally {
    events.removeUserUnloaded(forget);
  }
}

async function inPopup(userManager: OidcUserManager): Promise<void> {
  const closed = new AbortController();
  const popupWindowTarget = `sign-out-${Date.now()}`;
  const done = userManager.signoutPopup({ popupWindowTarget, popupSignal: closed.signal });
  // The SDK does not look whether it was closed. By its name the window is found, not opened.
  const stop = watchWindow(open('', popupWindowTarget), () => closed.abort('Popup closed by user'));
  return done.finally(stop);
}
