import { checkReturnTo } from '../core/returnTo.js';
import { askOidc } from './oidcErrors.js';
import type { OidcUserManager } from './oidcUserManager.js';

/**
 * The whole of the page at `redirect_uri`, for a pop-up, a hidden frame and a redirect alike, after
 * a sign-in and after a sign-out. After a redirect it goes to `returnTo` by `navigate`, by default
 * a new load of that page; with tokens in memory give it your router's.
 * @example
 * import { userManager } from './userManager';
 * await oidcCallback(userManager);
 */
export async function oidcCallback(
  userManager: OidcUserManager,
  { navigate = goTo }: { navigate?: (returnTo: string) => void } = {},
): Promise<void> {
  const answer = new URLSearchParams(globalThis.location.search);
  const isSignin = answer.has('code') || answer.has('error');
  const call: Promise<unknown> = isSignin
    ? userManager.signinCallback()
    : userManager.signoutCallback();
  const done: unknown = await askOidc(() => call);
  // In a pop-up or a frame nothing comes back: the page that opened it goes on.
  if (done || (!isSignin && !isChild())) navigate(readReturnTo(done));
}

/** After a sign-out of the whole page nothing comes back either, where the provider drops `state`. */
function isChild(): boolean {
  const { opener, parent, self } = globalThis as unknown as Partial<Window>;
  return Boolean(opener) || parent !== self;
}

function goTo(returnTo: string): void {
  globalThis.location.replace(returnTo);
}

/** What was stored may have been touched: it is checked again before the page goes there. */
function readReturnTo(answer: unknown): string {
  const { state, userState } = Object(answer) as { state?: unknown; userState?: unknown };
  // After a sign-out `state` is only the name of what was stored.
  const { returnTo } = Object(userState ?? state) as { returnTo?: string };
  checkReturnTo(returnTo);
  return returnTo ?? '/';
}
