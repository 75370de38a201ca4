import { checkReturnTo } from '../core/returnTo.js';
import type { Auth0SpaClient } from './auth0SpaClient.js';
import { withAuth0Errors } from './auth0SpaErrors.js';

/** A code is valid once, so simultaneous calls at one address share its exchange. */
let running: { address: string; returnTo: Promise<string> } | null = null;

export interface Auth0SpaCallbackOptions {
  /**
   * Default: replaces the address of the page, without loading it, because the SDK keeps its tokens in memory.
   * Pass your router's `navigate` instead if the router has already been started.
   */
  navigate?: (returnTo: string) => void;
}

/**
 * Completes a sign-in by redirect at `redirect_uri`; at an address without `code` and `state` it does nothing.
 * Call it before the session client starts. Rejects with a `SessionError`: `ERR_LOGIN_CANCELLED` if the user has
 * cancelled the sign-in, or has reloaded the page.
 * @example
 * await auth0SpaCallback(client);
 * createRoot(element).render(<App />);
 */
export async function auth0SpaCallback(
  client: Auth0SpaClient,
  { navigate = replaceAddress }: Auth0SpaCallbackOptions = {},
): Promise<void> {
  const { search } = location;
  if (!/[?&](code|error)=/.test(search) || !/[?&]state=/.test(search)) return;
  if (running?.address !== search) running = { address: search, returnTo: complete(client) };
  navigate(await running.returnTo);
}

async function complete(client: Auth0SpaClient): Promise<string> {
  const { appState } = await withAuth0Errors(() => client.handleRedirectCallback());
  const { returnTo } = Object(appState) as { returnTo?: string };
  // The stored state may have been changed.
  checkReturnTo(returnTo);
  return returnTo ?? '/';
}

function replaceAddress(returnTo: string): void {
  history.replaceState(null, '', returnTo);
}
