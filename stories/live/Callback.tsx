import { type ReactNode, useEffect } from 'react';
import { oidcCallback } from 'session-clock/sources/oidc-client';
import { demo } from './demo';
import { StartFirst } from './Live';
import { createUserManager } from './session';

let done: Promise<void> | null = null;

/** The page at `redirect_uri`. A real one is two lines: make the UserManager, call `oidcCallback`. */
export function Callback(): ReactNode {
  useEffect(() => {
    if (demo && isReturn()) done ??= oidcCallback(createUserManager(demo));
  }, []);
  return demo ? <p>One moment…</p> : <StartFirst />;
}

/** Opened from the sidebar, nobody comes back from anywhere. */
function isReturn(): boolean {
  return new URLSearchParams(location.search).has('state');
}
