import { type ReactNode, useState } from 'react';
import { SessionError, useSession, useSessionActions } from 'session-clock';
import { SessionStatusBadge } from 'session-clock/ui';

/** The signed-in user, and the button to sign in or out. */
export function UserBar(): ReactNode {
  const user = useSession((snapshot) => snapshot.session?.user);
  const isSignedIn = useSession(({ status }) => status === 'active' || status === 'expiring');
  const { login, logout } = useSessionActions();
  const [failure, setFailure] = useState('');

  async function attempt(action: () => Promise<void>): Promise<void> {
    setFailure('');
    await action().catch((error: unknown) => {
      setFailure(error instanceof SessionError ? error.message : String(error));
    });
  }

  return (
    <div className="live-user-bar">
      <SessionStatusBadge />
      {user && <strong>{String(user['name'] ?? user.sub)}</strong>}
      {isSignedIn ? (
        <button type="button" onClick={() => attempt(logout)}>
          Sign out
        </button>
      ) : (
        <button type="button" className="live-primary" onClick={() => attempt(login)}>
          Sign in
        </button>
      )}
      {failure && <p role="alert">{failure}</p>}
    </div>
  );
}
