'use client';
import { Fragment, type ReactNode } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import { useShownUser } from './useShownUser.js';

/** The props of `SignedIn`, `SignedOut` and `RequireSession`. */
export interface SessionGuardProps {
  children?: ReactNode;
  /** Shown in place of the children. Default: nothing. */
  fallback?: ReactNode;
}

/**
 * Shows its children while a user is signed in, and the `fallback` otherwise, also while the source has not
 * answered yet. The end of the session unmounts the children; `RequireSession` keeps them. For another user
 * the children are mounted anew. Throws a `TypeError` without a `SessionProvider`.
 * @example <SignedIn fallback={<SignInButton />}><UserMenu /></SignedIn>
 */
export function SignedIn({ children, fallback }: SessionGuardProps): ReactNode {
  const user = useShownUser(isSignedIn, '<SignedIn>');
  return user === null ? fallback : <Fragment key={user}>{children}</Fragment>;
}

function isSignedIn({ status }: Snapshot): boolean {
  return status === 'active' || status === 'expiring';
}
