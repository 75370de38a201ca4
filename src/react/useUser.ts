'use client';
import type { UserClaims } from '../core/types.js';
import { useSessionClient } from './context.js';
import { useSession } from './useSession.js';

/**
 * The claims of the session's user, also while the session is `expired`; `null`: no user, or not known yet.
 * With a selector, a part of them. Re-renders only when the result changes (compared by value), and returns
 * the same object until then. Throws a `TypeError` without a `SessionProvider`.
 * @example const name = useUser((user) => user.name);
 */
export function useUser(): UserClaims | null;
export function useUser<Part>(selector: (user: UserClaims) => Part): Part | null;
export function useUser<Part>(
  selector: (user: UserClaims) => Part | UserClaims = selectAll,
): Part | UserClaims | null {
  useSessionClient('useUser()');
  return useSession(({ session }) => session && selector(session.user));
}

function selectAll(user: UserClaims): UserClaims {
  return user;
}
