import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Clocks } from '../../../components/Clocks';
import { Signed } from '../../../components/Signed';
import { type Strategy, strategies } from '../../../components/strategies';
import { Transfer } from '../../../components/Transfer';
import { readSession } from '../../../lib/auth0';

/** One page for each of the three strategies. */
export default async function Page(props: {
  params: Promise<{ strategy: string }>;
}): Promise<ReactNode> {
  const { strategy } = await props.params;
  if (!Object.hasOwn(strategies, strategy)) notFound();
  const { says } = strategies[strategy as Strategy];
  return (
    <main>
      <nav>
        <a href="/">Two clocks</a>
      </nav>
      <h1>{strategy}</h1>
      <p>{says}</p>
      <Signed session={await readSession()} strategy={strategy as Strategy}>
        <Clocks />
        <Transfer />
      </Signed>
    </main>
  );
}
