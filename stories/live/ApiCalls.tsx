import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { SessionError, useSessionActions } from 'session-clock';

interface Answer {
  number: number;
  /** An HTTP status, or the code of the error that kept the call from being made. */
  outcome: string;
}

/** Calls the protected API, on demand or once a second, and shows what became of each call. */
export function ApiCalls({ api }: { api: string }): ReactNode {
  const { answers, waiting, call } = useCalls(api);
  const [repeats, setRepeats] = useState(false);
  useEffect(() => {
    if (!repeats) return;
    const timer = setInterval(call, 1_000);
    return () => clearInterval(timer);
  }, [repeats, call]);
  const good = answers.filter(({ outcome }) => outcome === '200').length;
  return (
    <section aria-labelledby="live-api">
      <h2 id="live-api">A protected API</h2>
      <p>
        <button type="button" className="live-primary" onClick={call}>
          Call the API
        </button>{' '}
        <label>
          <input
            type="checkbox"
            checked={repeats}
            onChange={(event) => setRepeats(event.target.checked)}
          />{' '}
          once a second
        </label>
      </p>
      <p>
        <output aria-label="Answers">
          {good} of {answers.length} answered 200, {waiting} waiting
        </output>
      </p>
      <ol className="live-answers" aria-label="Latest answers">
        {answers.slice(0, 12).map(({ number, outcome }) => (
          <li key={number} data-good={outcome === '200'}>
            {outcome}
          </li>
        ))}
      </ol>
    </section>
  );
}

function useCalls(api: string): { answers: readonly Answer[]; waiting: number; call: () => void } {
  const { getAccessToken } = useSessionActions();
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const [waiting, setWaiting] = useState(0);
  const call = useCallback(async () => {
    setWaiting((count) => count + 1);
    const outcome = await callOnce(api, getAccessToken);
    setWaiting((count) => count - 1);
    setAnswers((earlier) => [{ number: earlier.length, outcome }, ...earlier]);
  }, [api, getAccessToken]);
  return { answers, waiting, call };
}

async function callOnce(api: string, getAccessToken: () => Promise<string>): Promise<string> {
  try {
    const token = await getAccessToken();
    const response = await fetch(`${api}/notes`, { headers: { Authorization: `Bearer ${token}` } });
    return String(response.status);
  } catch (error) {
    return error instanceof SessionError ? error.code : 'no answer';
  }
}
