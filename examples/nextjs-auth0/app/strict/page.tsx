import type { ReactNode } from 'react';
import { AppSessionProvider } from '../../components/AppSessionProvider';
import { Lifetimes } from '../../components/Lifetimes';
import { readSession } from '../../lib/auth0';

export default async function Strict(): Promise<ReactNode> {
  const session = await readSession();
  return (
    <main>
      <nav>
        <a href="/">All pages</a>
      </nav>
      <h1>Strict</h1>
      <p>This page opened because the proxy has checked that there is a valid access token.</p>
      <AppSessionProvider session={session} strategy="hybrid">
        <Lifetimes />
      </AppSessionProvider>
    </main>
  );
}
