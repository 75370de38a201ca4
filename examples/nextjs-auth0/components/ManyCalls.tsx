'use client';
import { getAccessToken as getTokenOfSdk } from '@auth0/nextjs-auth0';
import { type ReactNode, useState } from 'react';
import { useSessionActions } from 'session-clock';

const none: Record<string, number> = {};

/** Ten callers that ask for a token at once, as the parts of a busy page do. */
export function ManyCalls({ alone }: { alone: boolean }): ReactNode {
  const { getAccessToken } = useSessionActions();
  const [outcomes, setOutcomes] = useState(none);
  const ask = alone ? () => getTokenOfSdk() : () => getAccessToken({ onExpired: 'throw' });
  const askTen = (): void => {
    for (let caller = 0; caller < 10; caller++) {
      ask().then(
        () => setOutcomes((before) => count(before, 'token')),
        (error: { code?: string }) =>
          setOutcomes((before) => count(before, error.code ?? 'failure')),
      );
    }
  };
  return (
    <section className="card" aria-labelledby="many">
      <h2 id="many">{alone ? 'By the SDK alone' : 'By session-clock'}</h2>
      <button type="button" className="primary" onClick={askTen}>
        Ask ten times at once
      </button>
      <output aria-label="Outcomes">{JSON.stringify(outcomes)}</output>
    </section>
  );
}

function count(before: Record<string, number>, outcome: string): Record<string, number> {
  return { ...before, [outcome]: (before[outcome] ?? 0) + 1 };
}
