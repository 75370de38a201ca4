'use client';
import type { ReactNode } from 'react';
import { useAccessToken, useSessionStatus } from 'session-clock';
import { SessionCountdown, SignInButton, SignOutButton } from 'session-clock/ui';

/** The user, and the two lifetimes. */
export function Account(): ReactNode {
  const { status, session, deadline } = useSessionStatus();
  const { status: tokenStatus } = useAccessToken();
  return (
    <main>
      <h1>{session ? `Hello, ${session.user.name}` : 'next-auth'}</h1>
      <p>The session is {status}.</p>
      {deadline && (
        <p>
          It ends in <SessionCountdown />, unless you are active.
        </p>
      )}
      <p>The access token is {tokenStatus}.</p>
      <SignInButton /> <SignOutButton />
    </main>
  );
}
