import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppSessionProvider } from '../../components/AppSessionProvider';
import { Lifetimes } from '../../components/Lifetimes';
import { readSession } from '../../lib/auth0';

export default async function SessionOnly(): Promise<ReactNode> {
  const session = await readSession();
  if (!session) redirect('/auth/login?returnTo=/session-only');
  return (
    <main>
      <nav>
        <a href="/">All pages</a>
      </nav>
      <h1>Session only</h1>
      <p>This page opened because there is a session. Nothing has checked its access token.</p>
      <AppSessionProvider session={session} strategy="hybrid">
        <Lifetimes />
      </AppSessionProvider>
    </main>
  );
}
