import type { Auth0Claims, Auth0SpaClient } from './auth0SpaClient.js';
import { withAuth0Errors } from './auth0SpaErrors.js';
import { sdkError } from './sdkErrors.js';

/** The SDK gives up after a minute, which is short for a password and a second factor (s). */
const longestSignIn = 900;

/** Signs in in a pop-up. Resolves with the claims of the user who has signed in. */
export async function openAuth0Popup(
  client: Auth0SpaClient,
  authorizationParams: Record<string, string>,
  signal: AbortSignal,
): Promise<Auth0Claims> {
  // Opened here, so that it can be closed when the sign-in is aborted.
  const popup = open('', '_blank', 'width=480,height=720');
  if (!popup) throw sdkError('ERR_POPUP_BLOCKED', 'The browser did not open the sign-in window.');
  const close = (): void => popup.close();
  signal.addEventListener('abort', close);
  try {
    return await withAuth0Errors(async () => {
      const config = { popup, timeoutInSeconds: longestSignIn };
      await client.loginWithPopup({ authorizationParams }, config);
      return (await client.getIdTokenClaims()) ?? {};
    });
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
