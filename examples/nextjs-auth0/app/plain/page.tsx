import type { ReactNode } from 'react';
import { Clocks } from '../../components/Clocks';
import { Signed } from '../../components/Signed';
import { readSession } from '../../lib/auth0';

export default async function Plain(): Promise<ReactNode> {
  return (
    <main>
      <nav>
        <a href="/">Two clocks</a>
      </nav>
      <h1>Plain</h1>
      <p>By the routes of the SDK alone, which cannot tell a dead refresh token from an outage.</p>
      <Signed session={await readSession()} strategy="rolling" plain>
        <Clocks />
      </Signed>
    </main>
  );
}
