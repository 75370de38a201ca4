import { type ReactNode, useEffect } from 'react';
import { oidcCallback } from 'session-clock/sources/oidc-client';
import { demo } from './demo';
import { NotStarted } from './NotStarted';
import { createUserManager } from './session';

let handled: Promise<void> | null = null;

/** The page at `redirect_uri`. In an app it has two lines: create the UserManager, call `oidcCallback`. */
export function Callback(): ReactNode {
  useEffect(() => {
    if (demo && isCallback()) handled ??= oidcCallback(createUserManager(demo));
  }, []);
  return demo ? <p>Completing the sign-in…</p> : <NotStarted />;
}

/** The story can also be opened from Storybook's sidebar, without an answer of the provider. */
function isCallback(): boolean {
  return new URLSearchParams(location.search).has('state');
}
