import type { ReactNode } from 'react';
import { useAccessToken, useSessionStatus } from 'session-clock';
import { SessionCountdown } from 'session-clock/ui';
import './lifetimes.css';

/** What ends the session next. */
const ends = {
  idle: 'ends if the user is not active',
  lifetime: 'ends however active the user is',
  'access-token': 'ends with its access token',
};

/** Both countdowns, and what is known of each lifetime. */
export function Lifetimes(): ReactNode {
  const { status, reason, deadline, connection } = useSessionStatus();
  const token = useAccessToken();
  return (
    <div className="lifetimes">
      <Lifetime
        of="session"
        title="Session"
        state={reason && reason !== status ? `${status}: ${reason}` : status}
        detail={deadline ? ends[deadline.kind] : connection === 'online' ? '' : connection}
      />
      <Lifetime
        of="access-token"
        title="Access token"
        state={token.status}
        detail={token.error?.code ?? ''}
      />
    </div>
  );
}

function Lifetime(props: {
  of: 'session' | 'access-token';
  title: string;
  state: string;
  detail: string;
}): ReactNode {
  const { of, title, state, detail } = props;
  return (
    <article aria-label={title}>
      <div className="lifetimes-ring">
        <SessionCountdown of={of} shape="ring" />
      </div>
      <div>
        <h2>{title}</h2>
        <p className="lifetimes-state">{state}</p>
        <p>{detail}</p>
      </div>
    </article>
  );
}
