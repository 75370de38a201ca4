import type { QueryClient } from '@tanstack/react-query';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { signedInUser } from './signedInUser.js';

/** The key of the user whose data a cache holds. It is kept while no sync runs. */
const owners = new WeakMap<QueryClient, string>();

export function ownerOf(queryClient: QueryClient): string | null {
  return owners.get(queryClient) ?? null;
}

export function setOwner(queryClient: QueryClient, user: string | null): void {
  if (user === null) owners.delete(queryClient);
  else owners.set(queryClient, user);
}

/**
 * The user for whom the cache may be stored and restored now, who becomes its owner if it has none; `null`: no
 * user, because none is signed in, or because the cache still holds the data of another user.
 */
export function userOfCache(client: SessionClient, queryClient: QueryClient): string | null {
  const user = signedInUser(client) ?? null;
  if (user === null) return null;
  const owner = ownerOf(queryClient) ?? user;
  setOwner(queryClient, owner);
  return owner === user ? user : null;
}
