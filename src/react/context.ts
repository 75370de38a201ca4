'use client';
import { type Context, createContext, useContext } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';

/** Carries the client, which never changes; never its state. */
export const SessionContext: Context<SessionClient | null> = createContext<SessionClient | null>(
  null,
);

/** The client of the nearest `SessionProvider`. Throws a `TypeError` where there is none. */
export function useSessionClient(caller: string): SessionClient {
  const client = useContext(SessionContext);
  if (client) return client;
  throw new TypeError(
    `${caller} found no <SessionProvider>. Wrap the part of the tree that uses it in <SessionProvider source={…}> from "session-clock".`,
  );
}
