import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SessionProvider, useSessionStatus } from 'session-clock';
import {
  ReloginDialog,
  SessionCountdown,
  SessionExpiryDialog,
  SignInButton,
  SignOutButton,
} from 'session-clock/ui';
import 'session-clock/ui/styles.css';
import { policy, source } from './session';

function Account() {
  const { status, session, deadline } = useSessionStatus();
  return (
    <main>
      <h1>{session ? `Hello, ${session.user.name}` : 'A session cookie'}</h1>
      <p>The session is {status}.</p>
      {deadline && (
        <p>
          It ends in <SessionCountdown />, unless you are active.
        </p>
      )}
      <SignInButton /> <SignOutButton />
    </main>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <SessionProvider source={source} policy={policy} checkSession={{ every: '30s' }}>
      <Account />
      <SessionExpiryDialog />
      <ReloginDialog />
    </SessionProvider>
  </StrictMode>,
);
