'use client';
import { getAccessToken as getTokenBySdk } from '@auth0/nextjs-auth0';
import { type ReactNode, useState } from 'react';
import { useSessionActions } from 'session-clock';

const noOutcomes: Record<string, number> = {};

/** Ten callers that request a token at once, as the components of a busy page do. */
export function ManyCalls({ alone }: { alone: boolean }): ReactNode {
  const { getAccessToken } = useSessionActions();
  const [outcomes, setOutcomes] = useState(noOutcomes);
  const request = alone ? () => getTokenBySdk() : () => getAccessToken({ onExpired: 'throw' });
  const requestTen = (): void => {
    for (let caller = 0; caller < 10; caller++) {
      request().then(
        () => setOutcomes((before) => count(before, 'token')),
        (error: { code?: string }) =>
          setOutcomes((before) => count(before, error.code ?? 'failure')),
      );
    }
  };
  return (
    <section className="card" aria-labelledby="many">
      <h2 id="many">{alone ? 'With the SDK alone' : 'With session-clock'}</h2>
      <button type="button" className="primary" onClick={requestTen}>
        Request ten tokens
      </button>
      <output aria-label="Outcomes">{JSON.stringify(outcomes)}</output>
    </section>
  );
}

function count(before: Record<string, number>, outcome: string): Record<string, number> {
  return { ...before, [outcome]: (before[outcome] ?? 0) + 1 };
}
