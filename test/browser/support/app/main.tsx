import type { UserManager } from 'oidc-client-ts';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  absolute,
  type Duration,
  hybrid,
  type Policy,
  SessionProvider,
  type SessionSource,
} from 'session-clock';
import { oidcClient } from 'session-clock/sources/oidc-client';
import { Account } from './Account';
import { createUserManager, readSettings, storeOf } from './userManager';

const params = new URLSearchParams(location.search);
const settings = await readSettings();
const userManager = createUserManager(settings, storeOf(params));

/** `?lifetime=` is that of an absolute session, `?idle=` that of a session with an idle end. */
function policyOf(): Policy {
  const [lifetime, idle] = [params.get('lifetime'), params.get('idle')];
  if (lifetime) return absolute({ lifetime: lifetime as Duration });
  return hybrid({ idle: (idle ?? '1h') as Duration });
}

/** With `?clear=fails` the SDK keeps its user after the end, as if the page had been closed before it was cleared. */
function sourceOf(manager: UserManager): SessionSource {
  const source = oidcClient(manager);
  if (params.get('clear') !== 'fails') return source;
  return { ...source, clear: () => Promise.reject(new Error('The storage is locked.')) };
}

function App(): React.ReactNode {
  const [isMounted, setMounted] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setMounted(!isMounted)}>
        {isMounted ? 'Unmount the provider' : 'Mount the provider'}
      </button>
      {isMounted && (
        <SessionProvider source={sourceOf(userManager)} policy={policyOf()}>
          <Account notesUrl={`${settings.apiUrl}/notes`} />
        </SessionProvider>
      )}
    </>
  );
}

const root = document.querySelector('#root');
if (root) createRoot(root).render(<App />);
