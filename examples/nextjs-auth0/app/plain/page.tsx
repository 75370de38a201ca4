import type { ReactNode } from 'react';
import { AppSessionProvider } from '../../components/AppSessionProvider';
import { Lifetimes } from '../../components/Lifetimes';
import { readSession } from '../../lib/auth0';

export default async function Plain(): Promise<ReactNode> {
  return (
    <main>
      <nav>
        <a href="/">All pages</a>
      </nav>
      <h1>Plain</h1>
      <p>
        With the SDK’s own routes only, which do not distinguish an invalid refresh token from an
        outage.
      </p>
      <AppSessionProvider session={await readSession()} strategy="rolling" plain>
        <Lifetimes />
      </AppSessionProvider>
    </main>
  );
}
