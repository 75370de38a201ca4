'use client';
import { type Context, createContext, useContext } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';

/** Holds the client, which never changes, and never its state: consumers do not re-render with it. */
export const SessionContext: Context<SessionClient | null> = createContext<SessionClient | null>(
  null,
);

/**
 * The client of the nearest `SessionProvider`; never causes a re-render. Throws a `TypeError`, which names
 * `caller`, where there is none.
 * @example useEffect(() => client.addExpiryPrompt(), [client]);
 */
export function useSessionClient(caller = 'useSessionClient()'): SessionClient {
  const client = useContext(SessionContext);
  if (client) return client;
  throw new TypeError(
    `${caller} was used outside a <SessionProvider>. Wrap the part of the tree that uses it in <SessionProvider source={…}> from "session-clock".`,
  );
}
