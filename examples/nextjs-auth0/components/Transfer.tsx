'use client';
import { type FormEvent, type ReactNode, useState } from 'react';
import { SessionError, useSessionActions } from 'session-clock';

/** A form that keeps its text when the session expires, and a request that is never sent with a token near its expiry. */
export function Transfer(): ReactNode {
  const { getAccessToken } = useSessionActions();
  const [outcome, setOutcome] = useState('Nothing sent yet.');
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setOutcome('Sending …');
    try {
      // Waits until the user has signed in again, if that is necessary.
      const token = await getAccessToken({ minValidity: '5s' });
      const headers = { Authorization: `Bearer ${token}` };
      const { status } = await fetch('/api/transfer', { method: 'POST', headers });
      setOutcome(status === 200 ? 'Sent.' : `Refused: HTTP ${status}.`);
    } catch (error) {
      setOutcome(error instanceof SessionError ? `Not sent: ${error.code}.` : 'Not sent.');
    }
  };
  return (
    <form className="card" aria-labelledby="transfer" onSubmit={(event) => void send(event)}>
      <h2 id="transfer">A transfer</h2>
      <label>
        Amount <input name="amount" inputMode="decimal" defaultValue="100" />
      </label>
      <label>
        Your note <textarea name="note" placeholder="Write something, then let the session end." />
      </label>
      <button type="submit" className="primary">
        Send
      </button>{' '}
      <output aria-label="Outcome">{outcome}</output>
    </form>
  );
}
