import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { SessionError } from 'session-clock';

const mutationKey = ['notes'];

interface ApiCallsProps {
  api: string;
  /** A `fetch` that adds the access token. */
  apiFetch: typeof fetch;
}

/** Calls the protected API, on demand or once a second, and shows the outcome of each call. */
export function ApiCalls({ api, apiFetch }: ApiCallsProps): ReactNode {
  const call = useCall(api, apiFetch);
  const [repeats, setRepeats] = useState(false);
  useEffect(() => {
    if (!repeats) return;
    const timer = setInterval(call, 1_000);
    return () => clearInterval(timer);
  }, [repeats, call]);
  return (
    <section aria-labelledby="live-api">
      <h2 id="live-api">A protected API</h2>
      <p className="live-call">
        <button type="button" className="live-primary" onClick={() => call()}>
          Call the API
        </button>
        <label>
          <input
            type="checkbox"
            checked={repeats}
            onChange={(event) => setRepeats(event.target.checked)}
          />{' '}
          once a second
        </label>
      </p>
      <Answers />
    </section>
  );
}

function Answers(): ReactNode {
  const outcomes = useMutationState({
    filters: { mutationKey },
    select: ({ state }) => state.data as string | undefined,
  });
  const answers = outcomes.filter((outcome) => outcome !== undefined);
  const successes = answers.filter((outcome) => outcome === '200').length;
  return (
    <>
      <p className="live-summary">
        <output aria-label="Answers">
          {successes} of {answers.length} answered 200, {outcomes.length - answers.length} waiting
        </output>
      </p>
      <ol className="live-answers" aria-label="Latest answers">
        {answers.slice(-12).map((outcome, index) => (
          <li key={answers.length - index} data-ok={outcome === '200'}>
            {outcome}
          </li>
        ))}
      </ol>
    </>
  );
}

/** A call through the app's own QueryClient, as an app makes it. */
function useCall(api: string, apiFetch: typeof fetch): () => void {
  const { mutate } = useMutation(
    { mutationKey, mutationFn: () => callOnce(api, apiFetch), gcTime: 3_600_000 },
    useQueryClient(),
  );
  return mutate;
}

/** Returns the HTTP status, or the code of the error that prevented the call. */
async function callOnce(api: string, apiFetch: typeof fetch): Promise<string> {
  try {
    return String((await apiFetch(`${api}/notes`)).status);
  } catch (error) {
    return error instanceof SessionError ? error.code : 'no answer';
  }
}
