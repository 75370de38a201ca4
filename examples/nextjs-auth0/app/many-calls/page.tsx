import type { ReactNode } from 'react';
import { AppSessionProvider } from '../../components/AppSessionProvider';
import { ManyCalls } from '../../components/ManyCalls';
import { readSession } from '../../lib/auth0';

/** For several tabs at once. With `?alone` it uses the SDK alone, which may lose the sign-in. */
export default async function Page(props: {
  searchParams: Promise<Record<string, string>>;
}): Promise<ReactNode> {
  const alone = 'alone' in (await props.searchParams);
  return (
    <main>
      <nav>
        <a href="/">All pages</a>
      </nav>
      <h1>Many calls</h1>
      <p>Wait until the token has expired, then request tokens in all tabs.</p>
      <AppSessionProvider session={await readSession()} strategy="rolling">
        <ManyCalls alone={alone} />
      </AppSessionProvider>
    </main>
  );
}
