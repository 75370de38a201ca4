'use client';
import type { ReactNode } from 'react';
import { useSessionClient } from './context.js';
import type { SessionGuardProps } from './SignedIn.js';
import { useSession } from './useSession.js';

/**
 * Shows its children while it is known that no user is signed in, also after the end of a session, and the
 * `fallback` otherwise. Throws a `TypeError` without a `SessionProvider`.
 * @example <SignedOut><SignInPage /></SignedOut>
 */
export function SignedOut({ children, fallback }: SessionGuardProps): ReactNode {
  useSessionClient('<SignedOut>');
  const isShown = useSession(({ status }) => status === 'signed-out' || status === 'expired');
  return isShown ? children : fallback;
}
