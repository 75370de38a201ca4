import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppSessionProvider } from '../../../components/AppSessionProvider';
import { Lifetimes } from '../../../components/Lifetimes';
import { type Strategy, strategies } from '../../../components/strategies';
import { Transfer } from '../../../components/Transfer';
import { readSession } from '../../../lib/auth0';

/** One page for each of the three strategies. */
export default async function Page(props: {
  params: Promise<{ strategy: string }>;
}): Promise<ReactNode> {
  const { strategy } = await props.params;
  if (!Object.hasOwn(strategies, strategy)) notFound();
  const { description } = strategies[strategy as Strategy];
  return (
    <main>
      <nav>
        <a href="/">All pages</a>
      </nav>
      <h1>{strategy}</h1>
      <p>{description}</p>
      <AppSessionProvider session={await readSession()} strategy={strategy as Strategy}>
        <Lifetimes />
        <Transfer />
      </AppSessionProvider>
    </main>
  );
}
