import type { ReactNode } from 'react';
import { ManyCalls } from '../../components/ManyCalls';
import { Signed } from '../../components/Signed';
import { readSession } from '../../lib/auth0';

/** Open it in several tabs. With `?alone`, what the SDK does by itself: it may cost the sign-in. */
export default async function Page(props: {
  searchParams: Promise<Record<string, string>>;
}): Promise<ReactNode> {
  const alone = 'alone' in (await props.searchParams);
  return (
    <main>
      <nav>
        <a href="/">Two clocks</a>
      </nav>
      <h1>Many calls</h1>
      <p>Wait until the token is dead, then ask in all tabs.</p>
      <Signed session={await readSession()} strategy="rolling">
        <ManyCalls alone={alone} />
      </Signed>
    </main>
  );
}
