import { checkReturnTo } from '../core/returnTo.js';
import { withOidcErrors } from './oidcErrors.js';
import { keepUserWhenQuiet } from './oidcKeepUser.js';
import { type OidcUserManager, oidcSourceName } from './oidcUserManager.js';

/** The work at one address of the page. A code is valid once, so simultaneous calls share its exchange. */
interface Callback {
  readonly address: string;
  /** Where to navigate; `null`: nowhere, because the page that opened this window continues. */
  readonly returnTo: Promise<string | null>;
  /** The number of calls so far. */
  calls: number;
}

let running: Callback | null = null;

export interface OidcCallbackOptions {
  /** Default: loads the page at `returnTo`. If tokens are in memory, pass your router's `navigate` instead. */
  navigate?: (returnTo: string) => void;
  /** The `name` of the session client, if the app has set one. */
  name?: string;
}

/**
 * Does all the work of the page at `redirect_uri`, in a pop-up, a hidden frame or the whole page,
 * after a sign-in and after a sign-out. After a redirect it calls `navigate` with `returnTo`, when no other
 * tab refreshes a token of the former user any more, whose answer would replace the new sign-in.
 *
 * It may be called in an effect that runs twice (React's `StrictMode`): the code is exchanged once, and only
 * the latest call navigates. Rejects with a `SessionError` if the sign-in failed, with `ERR_LOGIN_CANCELLED`
 * if the user has cancelled it, or has reloaded this page: show a link to the app then.
 * @example
 * import { userManager } from './userManager';
 * await oidcCallback(userManager);
 */
export async function oidcCallback(
  userManager: OidcUserManager,
  { navigate = loadPage, name = oidcSourceName(userManager) }: OidcCallbackOptions = {},
): Promise<void> {
  const { search } = globalThis.location;
  const isSignin = /[?&](code|error)=/.test(search);
  // The address after a sign-out may be the same each time.
  const callback =
    isSignin && running?.address === search
      ? running
      : { address: search, returnTo: complete(userManager, isSignin, name), calls: 0 };
  running = callback;
  const call = ++callback.calls;
  try {
    const returnTo = await callback.returnTo;
    if (returnTo !== null && call === callback.calls) navigate(returnTo);
  } finally {
    if (running === callback) running = null;
  }
}

async function complete(
  userManager: OidcUserManager,
  isSignin: boolean,
  name: string,
): Promise<string | null> {
  const result: unknown = await withOidcErrors<unknown>(async () => {
    if (!isSignin) return userManager.signoutCallback();
    const user = await userManager.signinCallback();
    if (user) await keepUserWhenQuiet(userManager, user, name);
    return user;
  });
  // In a pop-up or a frame there is no result: the page that opened it continues.
  return result || (!isSignin && !isChildWindow()) ? readReturnTo(result) : null;
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
