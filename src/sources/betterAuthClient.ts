import { sdkError } from './sdkErrors.js';
import type { Connection } from './sharedCookie.js';

/** The part of a client of `createAuthClient()` that is used; any object of this shape is accepted. */
export interface BetterAuthClient {
  $fetch(path: string, options: object): Promise<unknown>;
  $store: {
    notify(signal: '$sessionSignal'): void;
    atoms: Readonly<Record<string, SessionSignal>>;
  };
}

/** Reports a sign-in, a sign-out and changes of the user, without their data. */
interface SessionSignal {
  listen(listener: () => void): () => void;
}

/** Throws a `TypeError` unless `client` has the methods that are used. */
export function checkBetterAuthClient(client: BetterAuthClient): void {
  if (typeof client?.$fetch === 'function') return;
  throw new TypeError(
    'betterAuth() needs a client of better-auth. Pass it as betterAuth(createAuthClient()), not the auth object of the server.',
  );
}

/**
 * Sends a request with the options and plugins of the client. Returns the response itself: the SDK's own result
 * drops `Retry-After`, and takes HTML for data.
 */
export async function sendWithClient(
  client: BetterAuthClient,
  path: string,
  options: object,
  { fetch, signal }: Connection,
): Promise<Response> {
  let answer: Response | undefined;
  const customFetchImpl: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    answer = response.clone();
    return response;
  };
  try {
    await client.$fetch(path, { ...options, signal, customFetchImpl, retry: 0 });
  } catch (error) {
    // With the SDK's option `throw`, also after an answer with an error.
    if (!answer) throw error;
  }
  if (!answer) throw sdkError('ERR_NETWORK', 'The server of better-auth could not be reached.');
  return answer;
}
