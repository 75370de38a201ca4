'use client';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { useSession } from '../react/useSession.js';
import { classNames } from './classNames.js';
import { useMessages } from './SessionMessages.js';

export type SessionStatusBadgeProps = Omit<ComponentPropsWithRef<'span'>, 'children'>;

/** A shape for each state beside its word, so that the state is never colour alone. */
const shapes = {
  loading: 'M8 2a6 6 0 1 0 6 6',
  'signed-out': 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2',
  active: 'M3 8.5 6.5 12 13 4.5',
  expiring: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M8 4.5V8l2.5 1.5',
  expired: 'M4 4l8 8M12 4l-8 8',
  offline: 'M2 6a9 9 0 0 1 12 0M5 9.5a4.5 4.5 0 0 1 6 0M8 13h.01M2 2l12 12',
  degraded: 'M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 12h.01',
} as const;

/** The session's state in a word, and the connection's where it is not well. Polite to screen readers. */
export function SessionStatusBadge({ className, ...native }: SessionStatusBadgeProps): ReactNode {
  const { status, connection } = useSession(({ status, connection }) => ({ status, connection }));
  const messages = useMessages();
  return (
    <span
      role="status"
      {...native}
      className={classNames('sc-badge', className)}
      data-status={status}
      data-connection={connection}
    >
      <Mark shape={status} />
      {messages.status[status]}
      {connection !== 'online' && (
        <span className="sc-badge-connection">
          <Mark shape={connection} />
          {messages.connection[connection]}
        </span>
      )}
    </span>
  );
}

function Mark({ shape }: { shape: keyof typeof shapes }): ReactNode {
  return (
    <svg className="sc-mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[shape]} />
    </svg>
  );
}
