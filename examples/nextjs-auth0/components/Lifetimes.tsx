'use client';
import type { ReactNode } from 'react';
import { useAccessToken, useSession, useSessionActions } from 'session-clock';
import { SessionCountdown, SessionStatusBadge } from 'session-clock/ui';

/** The user, and the lifetimes of the session and the access token side by side. */
export function Lifetimes(): ReactNode {
  const { status, reason, connection, session } = useSession();
  const token = useAccessToken();
  return (
    <>
      <header className="user-bar">
        <SessionStatusBadge />
        <strong>{String(session?.user['name'] ?? 'Not signed in')}</strong>
        <SignInButton />
      </header>
      <section className="lifetimes" aria-label="Lifetimes">
        <Lifetime of="session" title="Session" state={reason ? `${status}: ${reason}` : status} />
        <Lifetime
          of="access-token"
          title="Access token"
          state={token.error ? `${token.status}: ${token.error.code}` : token.status}
        />
        <p className="connection">
          Connection: <output aria-label="Connection">{connection}</output>
        </p>
      </section>
    </>
  );
}

function Lifetime(props: {
  of: 'session' | 'access-token';
  title: string;
  state: string;
}): ReactNode {
  const { of, title, state } = props;
  return (
    <article aria-label={title}>
      <h2>{title}</h2>
      <SessionCountdown of={of} className="remaining" />
      <p className="state">{state}</p>
    </article>
  );
}

function SignInButton(): ReactNode {
  const status = useSession((snapshot) => snapshot.status);
  const { login, logout } = useSessionActions();
  return status === 'signed-out' ? (
    <button type="button" className="plain" onClick={() => void login().catch(() => {})}>
      Sign in
    </button>
  ) : (
    <button type="button" className="plain" onClick={() => void logout({ returnTo: '/' })}>
      Sign out
    </button>
  );
}
