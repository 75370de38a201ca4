import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { SessionError, useSession, useSessionClient } from 'session-clock';
import { ReloginDialog, SignInButton, SignOutButton } from 'session-clock/ui';

/** Shows the session, and calls the API once at every load, whatever the session is. */
export function Account({ notesUrl }: { notesUrl: string }): ReactNode {
  const { status, reason, session, deadline } = useSession((each) => each);
  const [answer, call] = useApi(notesUrl);
  return (
    <main>
      <SignInButton />
      <SignOutButton />
      <ReloginDialog />
      <button type="button" onClick={call}>
        Call the API
      </button>
      <p data-testid="status">{status}</p>
      <p data-testid="reason">{reason}</p>
      <p data-testid="user">{session?.user.sub}</p>
      <p data-testid="ends-at">{deadline?.at}</p>
      <p data-testid="answer">{answer}</p>
    </main>
  );
}

/** The answer of the API to the latest call with the access token, or the error's code. The first call is made at once. */
function useApi(url: string): [answer: string, call: () => void] {
  const { getAccessToken } = useSessionClient();
  const [answer, setAnswer] = useState('');
  const call = useCallback(() => {
    const request = async (): Promise<string> => {
      const token = await getAccessToken({ onExpired: 'throw' });
      const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
      return String(response.status);
    };
    setAnswer('');
    request().then(setAnswer, (error: unknown) =>
      setAnswer(error instanceof SessionError ? error.code : String(error)),
    );
  }, [getAccessToken, url]);
  useEffect(call, [call]);
  return [answer, call];
}
