'use client';
import { Fragment, type ReactNode } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import type { SessionGuardProps } from './SignedIn.js';
import { useShownUser } from './useShownUser.js';

/**
 * Shows its children once a user is signed in, and the `fallback` before that and after a sign-out. While the
 * session is `expired`, the children stay mounted, so that no work is lost; if another user signs in then, they
 * are mounted anew. It does not ask the user to sign in again: a `ReloginDialog` or `onLoginRequired` does.
 * Throws a `TypeError` without a `SessionProvider`.
 * @example <RequireSession fallback={<SignInPage />}><Editor /></RequireSession>
 */
export function RequireSession({ children, fallback }: SessionGuardProps): ReactNode {
  const user = useShownUser(hasSession, '<RequireSession>');
  return user === null ? fallback : <Fragment key={user}>{children}</Fragment>;
}

/** Also an ended one, until the user signs out. */
function hasSession({ session }: Snapshot): boolean {
  return session !== null;
}
