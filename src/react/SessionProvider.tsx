'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { SessionClientOptions } from '../core/options.js';
import { createSessionClient, type SessionClient } from '../core/shell/sessionClient.js';
import { SessionContext } from './context.js';
import { useWarnOfChange } from './useWarnOfChange.js';

interface Shared {
  children?: ReactNode;
  /**
   * Called when a call waits for a person to sign in again, so that the page can ask them in its
   * own way. Not needed where a `ReloginDialog` is mounted.
   */
  onLoginRequired?: () => void;
}

/** Either the parts of a client, or a client of your own. */
export type SessionProviderProps = Shared &
  ((SessionClientOptions & { client?: never }) | { client: SessionClient });

/**
 * Keeps the two clocks for the tree below it. `source` and `policy` are taken at the first render.
 * Throws a `TypeError` for a source or a policy that is none.
 * @example <SessionProvider source={oidcClient(userManager)} policy={hybrid({ idle: '30m' })}>
 */
export function SessionProvider(props: SessionProviderProps): ReactNode {
  const [client] = useState(() => props.client ?? createSessionClient(props));
  useWarnOfChange(props.client ?? props.source, props.client ? 'client' : 'source');
  useWarnOfChange(props.client ? undefined : props.policy, 'policy');
  useEffect(() => {
    client.start();
    return client.stop;
  }, [client]);
  useLoginHandler(client, props.onLoginRequired);
  return <SessionContext.Provider value={client}>{props.children}</SessionContext.Provider>;
}

function useLoginHandler(client: SessionClient, onLoginRequired: (() => void) | undefined): void {
  const latest = useRef(onLoginRequired);
  useEffect(() => {
    latest.current = onLoginRequired;
  }, [onLoginRequired]);
  const isGiven = onLoginRequired !== undefined;
  useEffect(() => {
    if (!isGiven) return;
    const removePrompt = client.addLoginPrompt();
    let asked = false;
    const unsubscribe = client.subscribe(() => {
      const due = client.getSnapshot().loginRequired !== null;
      if (due && !asked) latest.current?.();
      asked = due;
    });
    return () => {
      unsubscribe();
      removePrompt();
    };
  }, [client, isGiven]);
}
