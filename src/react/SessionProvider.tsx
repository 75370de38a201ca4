'use client';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { SessionClientOptions } from '../core/options.js';
import { createSessionClient } from '../core/shell/createSessionClient.js';
import type { SessionClient } from '../core/shell/sessionClient.js';
import { SessionContext } from './context.js';
import { useWarnOnPropChange } from './useWarnOnPropChange.js';
import { useWhileMounted } from './useWhileMounted.js';

interface CommonProps {
  children?: ReactNode;
  /**
   * Called when a `getAccessToken()` call waits for a new sign-in, so that the page can ask the user
   * in its own way. Not needed where a `ReloginDialog` is mounted.
   */
  onLoginRequired?: () => void;
}

/** Either the options of a new client, or a `client` that you have created. */
export type SessionProviderProps = CommonProps &
  ((SessionClientOptions & { client?: never }) | { client: SessionClient });

/**
 * Provides a session client to the tree below it, and runs it while mounted, also while `<Activity>` hides the
 * tree. All props except `children` and `onLoginRequired` are read at the first render only. Throws a
 * `TypeError` for an invalid option.
 * @example <SessionProvider source={oidcClient(userManager)} policy={hybrid({ idle: '30m' })}>
 */
export function SessionProvider(props: SessionProviderProps): ReactNode {
  const [client] = useState(() => props.client ?? createSessionClient(props));
  useWarnOnPropChange(props.client ?? props.source, props.client ? 'client' : 'source');
  useWarnOnPropChange(props.client ? undefined : props.policy, 'policy');
  const run = useCallback(() => {
    client.start();
    return client.stop;
  }, [client]);
  useWhileMounted(run);
  useLoginHandler(client, props.onLoginRequired);
  return <SessionContext.Provider value={client}>{props.children}</SessionContext.Provider>;
}

function useLoginHandler(client: SessionClient, onLoginRequired: (() => void) | undefined): void {
  const latest = useRef(onLoginRequired);
  useEffect(() => {
    latest.current = onLoginRequired;
  }, [onLoginRequired]);
  const hasHandler = onLoginRequired !== undefined;
  const watch = useCallback(() => {
    if (!hasHandler) return () => {};
    const removePrompt = client.addLoginPrompt();
    let wasRequired = false;
    const unsubscribe = client.subscribe(() => {
      const isRequired = client.getSnapshot().loginRequired !== null;
      if (isRequired && !wasRequired) latest.current?.();
      wasRequired = isRequired;
    });
    return () => {
      unsubscribe();
      removePrompt();
    };
  }, [client, hasHandler]);
  useWhileMounted(watch);
}
