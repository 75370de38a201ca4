'use client';
import type { ReactNode } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import { useSession } from '../react/useSession.js';
import { SessionCountdown } from '../ui/SessionCountdown.js';
import { clockTime } from './happened.js';
import { TimeAhead } from './TimeAhead.js';

/** What is known of the two clocks, without a token. */
export function Clocks(): ReactNode {
  const snapshot = useSession();
  return (
    <div className="scd-clocks">
      <Facts title="Session" rows={sessionRows(snapshot)} />
      <Facts title="Access token" rows={tokenRows(snapshot)} />
    </div>
  );
}

type Row = readonly [name: string, value: ReactNode];

function sessionRows(snapshot: Snapshot): Row[] {
  const { status, reason, session, deadline, canExtend, connection, error } = snapshot;
  return [
    ['status', reason ? `${status}: ${reason}` : status],
    ['user', session?.user.sub ?? '–'],
    ['ends', deadline ? <End at={deadline.at} of="session" by={deadline.kind} /> : 'not known'],
    ['can be extended', canExtend ? 'yes' : 'no'],
    ['connection', connection],
    ['latest failure', error?.code ?? '–'],
    ['server’s time', <TimeAhead key="ahead" />],
  ];
}

function tokenRows({ accessToken, loginRequired }: Snapshot): Row[] {
  const { status, expiresAt, issuedAt, error } = accessToken;
  return [
    ['status', status],
    ['issued', issuedAt === null ? '–' : clockTime(issuedAt)],
    ['ends', expiresAt === null ? 'not known' : <End at={expiresAt} of="access-token" />],
    ['failure', error?.code ?? '–'],
    ['calls that wait', loginRequired?.code ?? 'none'],
  ];
}

function End(props: { at: number; of: 'session' | 'access-token'; by?: string }): ReactNode {
  const { at, of, by } = props;
  return (
    <>
      {clockTime(at)} <SessionCountdown of={of} /> {by && `(${by})`}
    </>
  );
}

function Facts({ title, rows }: { title: string; rows: Row[] }): ReactNode {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
