'use client';
import type { ReactNode } from 'react';
import type { Snapshot } from '../core/snapshot.js';
import { useSession } from '../react/useSession.js';
import { SessionCountdown } from '../ui/SessionCountdown.js';
import { ClockDifference } from './ClockDifference.js';
import { toTimeOfDay } from './events.js';
import { Tabs } from './Tabs.js';

/** The state of the session and of the access token, without the token's value. */
export function Lifetimes(): ReactNode {
  const snapshot = useSession();
  return (
    <>
      <Facts title="Session" rows={sessionRows(snapshot)} />
      <Facts title="Access token" rows={tokenRows(snapshot)} />
    </>
  );
}

type Row = readonly [name: string, value: ReactNode];

function sessionRows(snapshot: Snapshot): Row[] {
  const { status, reason, session, deadline, canExtend, connection, error } = snapshot;
  return [
    ['status', reason ? `${status}: ${reason}` : status],
    ['user', session?.user.sub ?? '–'],
    ['ends', deadline ? <End at={deadline.at} of="session" by={deadline.kind} /> : 'unknown'],
    ['can be extended', canExtend ? 'yes' : 'no'],
    ['connection', connection],
    ['latest failure', error?.code ?? '–'],
    ['server’s clock', <ClockDifference key="difference" />],
    ['tabs', <Tabs key="tabs" />],
  ];
}

function tokenRows({ accessToken, loginRequired }: Snapshot): Row[] {
  const { status, expiresAt, issuedAt, error } = accessToken;
  return [
    ['status', status],
    ['issued', issuedAt === null ? '–' : toTimeOfDay(issuedAt)],
    ['ends', expiresAt === null ? 'unknown' : <End at={expiresAt} of="access-token" />],
    ['failure', error?.code ?? '–'],
    ['login required', loginRequired?.code ?? '–'],
  ];
}

function End(props: { at: number; of: 'session' | 'access-token'; by?: string }): ReactNode {
  const { at, of, by } = props;
  return (
    <>
      {toTimeOfDay(at)} <SessionCountdown of={of} /> {by && `(${by})`}
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
