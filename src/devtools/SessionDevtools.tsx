'use client';
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { isDevelopment } from '../core/isDevelopment.js';
import { useSessionClient } from '../react/context.js';
import { shieldEvents } from './shieldEvents.js';

export interface SessionDevtoolsProps {
  /** Whether the panel is open at first. Default `false`. */
  initialIsOpen?: boolean;
  /** Whether a production build shows the panel too, for example a Storybook. Default `false`. */
  inProduction?: boolean;
}

/** Loaded when it is shown, so that a production build does not. */
const Panel = lazy(() => import('./Panel.js').then((module) => ({ default: module.Panel })));

// In development, before the client starts.
if (isDevelopment()) shieldEvents();

/**
 * A panel at the bottom of the page, for developers: both lifetimes on a time axis, why the session ends when it
 * does, the tabs, the requests and their reasons, the events, the latest inputs of the client and what each changed,
 * and buttons for the actions and for a rehearsal (see `rehearsable()`). It shows no token. It can be used above a
 * modal dialog without closing it, and using it is no activity of the session. A production build renders nothing, unless
 * `inProduction` is set. Throws a `TypeError` without a `SessionProvider`.
 */
export function SessionDevtools(props: SessionDevtoolsProps): ReactNode {
  const { initialIsOpen = false, inProduction = false } = props;
  useSessionClient('<SessionDevtools>');
  const isBrowser = useSyncExternalStore(subscribeToNothing, isTrue, isFalse);
  if (!isBrowser || !(inProduction || isDevelopment())) return null;
  return (
    <Suspense fallback={null}>
      <Panel initialIsOpen={initialIsOpen} />
    </Suspense>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}

/** A server, and the first render of a page that it rendered, have no panel. */
function isFalse(): boolean {
  return false;
}

function isTrue(): boolean {
  return true;
}
