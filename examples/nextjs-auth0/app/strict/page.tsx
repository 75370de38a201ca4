import type { ReactNode } from 'react';
import { Clocks } from '../../components/Clocks';
import { Signed } from '../../components/Signed';
import { readSession } from '../../lib/auth0';

export default async function Strict(): Promise<ReactNode> {
  const session = await readSession();
  return (
    <main>
      <nav>
        <a href="/">Two clocks</a>
      </nav>
      <h1>strict</h1>
      <p>This page opened because you have an access token: the proxy has asked for one.</p>
      <Signed session={session} strategy="hybrid">
        <Clocks />
      </Signed>
    </main>
  );
}
