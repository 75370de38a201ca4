import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Account } from '../components/Account';
import { AppSessionProvider } from '../components/AppSessionProvider';
import { routes } from '../lib/auth';

/** The server renders the first state. */
export default async function Page(): Promise<ReactNode> {
  const session = await routes.getSession({ headers: await headers() });
  return (
    <AppSessionProvider session={session}>
      <Account />
    </AppSessionProvider>
  );
}
