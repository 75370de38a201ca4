import type { UserManager } from 'oidc-client-ts';
import { type ReactNode, useState } from 'react';
import { demo } from './demo';
import { LiveApp } from './LiveApp';
import { NotStarted } from './NotStarted';
import { createLiveClient, createUserManager } from './session';

/** A sign-in at a real provider, with the lifetimes of its session and its access token. */
export function Live(): ReactNode {
  if (!demo) return <NotStarted />;
  return <LiveDemo api={demo.api} userManager={createUserManager(demo)} />;
}

function LiveDemo({ api, userManager }: { api: string; userManager: UserManager }): ReactNode {
  const [client] = useState(() => createLiveClient(userManager));
  return <LiveApp api={api} client={client} />;
}
