'use client';
import type { ReactNode } from 'react';
import { useAccessToken, useSession, useSessionActions } from 'session-clock';
import { SessionCountdown, SessionStatusBadge } from 'session-clock/ui';

/** Both clocks, side by side, and whose they are. */
export function Clocks(): ReactNode {
  const { status, reason, connection, session } = useSession();
  const token = useAccessToken();
  return (
    <>
      <header className="who">
        <SessionStatusBadge />
        <strong>{String(session?.user['name'] ?? 'Nobody')}</strong>
        <SignInOrOut />
      </header>
      <section className="clocks" aria-label="The two clocks">
        <Clock of="session" title="Session" state={reason ? `${status}: ${reason}` : status} />
        <Clock
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

function Clock(props: { of: 'session' | 'access-token'; title: string; state: string }): ReactNode {
  const { of, title, state } = props;
  return (
    <article aria-label={title}>
      <h2>{title}</h2>
      <SessionCountdown of={of} className="remaining" />
      <p className="state">{state}</p>
    </article>
  );
}

function SignInOrOut(): ReactNode {
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
