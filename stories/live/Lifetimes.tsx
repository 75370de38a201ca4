import type { ReactNode } from 'react';
import { useAccessToken, useCountdown, useSession } from 'session-clock';
import { SessionCountdown } from 'session-clock/ui';

/** The session's and the access token's lifetimes, side by side. */
export function Lifetimes(): ReactNode {
  const reason = useSession((snapshot) => snapshot.reason);
  const status = useSession((snapshot) => snapshot.status);
  const token = useAccessToken();
  return (
    <section className="live-lifetimes" aria-label="Lifetimes">
      <Lifetime
        of="session"
        title="Session"
        state={reason && reason !== status ? `${status}: ${reason}` : status}
      />
      <Lifetime
        of="access-token"
        title="Access token"
        state={token.error ? `${token.status}: ${token.error.code}` : token.status}
      />
    </section>
  );
}

const circumference = 2 * Math.PI * 54;

function Lifetime(props: {
  of: 'session' | 'access-token';
  title: string;
  state: string;
}): ReactNode {
  const { of, title, state } = props;
  return (
    <article className="live-lifetime" aria-label={title}>
      <Dial of={of} />
      <div>
        <h2>{title}</h2>
        <SessionCountdown of={of} className="live-remaining" />
        <p className="live-state">{state}</p>
      </div>
    </article>
  );
}

function Dial({ of }: { of: 'session' | 'access-token' }): ReactNode {
  const fraction = useCountdown({ of })?.fraction ?? 0;
  return (
    <svg className="live-dial" viewBox="0 0 120 120" aria-hidden="true">
      <circle cx="60" cy="60" r="54" />
      <circle
        className="live-arc"
        cx="60"
        cy="60"
        r="54"
        strokeDasharray={`${circumference * fraction} ${circumference}`}
      />
    </svg>
  );
}
