import { checkReturnTo } from '../core/returnTo.js';
import { withOidcErrors } from './oidcErrors.js';
import type { OidcUserManager } from './oidcUserManager.js';

/**
 * Does all the work of the page at `redirect_uri`, in a pop-up, a hidden frame or the whole page,
 * after a sign-in and after a sign-out. After a redirect it calls `navigate` with `returnTo`. Default:
 * it loads that page; if tokens are in memory, pass your router's `navigate` instead. Rejects with a
 * `SessionError` if the sign-in failed.
 * @example
 * import { userManager } from './userManager';
 * await oidcCallback(userManager);
 */
export async function oidcCallback(
  userManager: OidcUserManager,
  { navigate = loadPage }: { navigate?: (returnTo: string) => void } = {},
): Promise<void> {
  const params = new URLSearchParams(globalThis.location.search);
  const isSignin = params.has('code') || params.has('error');
  const call: Promise<unknown> = isSignin
    ? userManager.signinCallback()
    : userManager.signoutCallback();
  const result: unknown = await withOidcErrors(() => call);
  // In a pop-up or a frame there is no result: the page that opened it continues.
  if (result || (!isSignin && !isChildWindow())) navigate(readReturnTo(result));
}

/** After a sign-out of the whole page there is no result either if the provider drops `state`. */
function isChildWindow(): boolean {
  const { opener, parent, self } = globalThis as unknown as Partial<Window>;
  return Boolean(opener) || parent !== self;
}

function loadPage(returnTo: string): void {
  globalThis.location.replace(returnTo);
}

/** Checks `returnTo` again, because the stored state may have been changed. */
function readReturnTo(result: unknown): string {
  const { state, userState } = Object(result) as { state?: unknown; userState?: unknown };
  // After a sign-out, `state` is only the key of the stored state, which is in `userState`.
  const { returnTo } = Object(userState ?? state) as { returnTo?: string };
  checkReturnTo(returnTo);
  return returnTo ?? '/';
}
