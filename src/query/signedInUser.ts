import type { SessionClient } from '../core/shell/sessionClient.js';

/** The key of the user whose data may be stored; `null`: no user is signed in; `undefined`: not known yet. */
export type UserKey = string | null | undefined;

/** The user is still shown after a sign-out in another tab, but nothing may be stored for that user. */
export function signedInUser(client: SessionClient): UserKey {
  const { status, reason } = client.getSnapshot();
  if (status === 'loading') return undefined;
  const isSignedOut = reason === 'signed-out' || reason === 'signed-out-elsewhere';
  return isSignedOut ? null : client.getUserKey();
}

/** Calls `listener` once the user is known, and after each change; `former` is `undefined` the first time. */
export function watchUser(
  client: SessionClient,
  listener: (user: string | null, former: UserKey) => void,
): () => void {
  let former: UserKey;
  function check(): void {
    const user = signedInUser(client);
    if (user === undefined || user === former) return;
    const before = former;
    former = user;
    listener(user, before);
  }
  const stop = client.subscribe(check);
  check();
  return stop;
}

/** Resolves once it is known whether a user is signed in. */
export async function userIsKnown(client: SessionClient): Promise<void> {
  if (signedInUser(client) !== undefined) return;
  await new Promise<void>((resolve) => {
    const stop = client.subscribe(() => {
      if (signedInUser(client) === undefined) return;
      stop();
      resolve();
    });
  });
}
