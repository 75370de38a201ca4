import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Clocks } from '../../components/Clocks';
import { Signed } from '../../components/Signed';
import { readSession } from '../../lib/auth0';

export default async function SessionOnly(): Promise<ReactNode> {
  const session = await readSession();
  if (!session) redirect('/auth/login?returnTo=/session-only');
  return (
    <main>
      <nav>
        <a href="/">Two clocks</a>
      </nav>
      <h1>session only</h1>
      <p>This page opened because there is a session. Whether its token lives, nobody has asked.</p>
      <Signed session={session} strategy="hybrid">
        <Clocks />
      </Signed>
    </main>
  );
}
